package rctest

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// every is a fault with all fields set. It makes no sense.
var every = Fault{
	Operation: "a", Method: "GET", Path: "/x,y", Status: 503, Code: "CMN-1", Message: ` "hi", `, RetryAfter: time.Second, Expire: true,
	RevokeScope: "SMS", Maintenance: true, Delay: time.Minute, Jitter: 5 * time.Millisecond, Drop: true, Truncate: true, ContentType: "text/html",
	Probability: 0.05, Seed: 1<<64 - 1, Times: 3, After: true,
}

func TestEveryFieldHasAName(t *testing.T) {
	f := every
	names := map[string]bool{}
	for i, one := range f.fields() {
		assert.False(t, one.zero(), one.name)
		assert.Same(t, reflect.ValueOf(&f).Elem().Field(i).Addr().Interface(), one.at, one.name)
		goName := reflect.TypeOf(f).Field(i).Name
		assert.Equal(t, string(goName[0]|0x20)+goName[1:], one.name)
		names[one.name] = true
	}
	assert.Len(t, names, reflect.TypeOf(f).NumField())
	for _, long := range short {
		assert.True(t, names[long], long)
	}
}

func TestParseFault(t *testing.T) {
	for line, want := range map[string]Fault{
		"op=listMessages,status=503,p=0.05,seed=1": {Operation: "listMessages", Status: 503, Probability: 0.05, Seed: 1},
		" drop , times = 3 ":                       {Drop: true, Times: 3},
		"drop=true,after=0":                        {Drop: true},
		"scope=SMS":                                {RevokeScope: rcapi.ScopeSMS},
		"Maintenance,RETRYAFTER=15":                {Maintenance: true, RetryAfter: 15 * time.Second},
		"delay=0.5,jitter=250ms":                   {Delay: 500 * time.Millisecond, Jitter: 250 * time.Millisecond},
		`status=500,message="a, \"b\"",code=X-1,`:  {Status: 500, Message: `a, "b"`, Code: "X-1"},
		"type=text/html; charset=utf-8,retry=":     {},
		"status=503,retry=-1":                      {Status: 503, RetryAfter: -time.Second},
	} {
		got, err := ParseFault(line)
		if want == (Fault{}) {
			assert.Error(t, err, line)
			continue
		}
		require.NoError(t, err, line)
		assert.Equal(t, want, got, line)
		again, err := ParseFault(got.String())
		require.NoError(t, err)
		assert.Equal(t, want, again, got.String())
	}
	for line, want := range map[string]string{
		"":          "does nothing",
		"drop,drop": "drop is given twice",
		"op=listMessages,operation=listMessages,drop": "operation is given twice",
		"statuss=503":             `unknown field "statuss": use one of operation, method,`,
		"status=many":             `status is "many": use a whole number`,
		"drop=maybe":              "true or false",
		"delay=soon":              "a duration such as 1.5s",
		"delay=1e300":             "a duration",
		"p=often,drop":            "a number from 0 to 1",
		"seed=-1,drop":            "not negative",
		`status=500,message="a`:   "are not closed",
		`status=500,message="a"b`: "separate fields by a comma",
		"status=200":              "use 400 to 599",
	} {
		_, err := ParseFault(line)
		assert.ErrorContains(t, err, want, line)
	}
}

func TestFaultInJSON(t *testing.T) {
	b, err := json.Marshal(every)
	require.NoError(t, err)
	var got Fault
	require.NoError(t, json.Unmarshal(b, &got))
	assert.Equal(t, every, got)
	b, err = json.Marshal(Fault{Operation: "listMessages", Delay: 1500 * time.Millisecond})
	require.NoError(t, err)
	assert.JSONEq(t, `{"operation":"listMessages","delay":"1.5s"}`, string(b))
	require.NoError(t, json.Unmarshal([]byte(`{"delay":1.5}`), &got))
	assert.Equal(t, Fault{Delay: 1500 * time.Millisecond}, got, "what was there before is gone")
	for text, want := range map[string]string{
		`[]`: "not a JSON object", `{"statuss":1}`: `"statuss"`, `{"status":"x"}`: `status cannot be "x"`, `{"delay":{}}`: "delay is", `{"drop":1}`: "drop cannot be 1",
	} {
		assert.ErrorContains(t, json.Unmarshal([]byte(text), &got), want)
	}
}

// FuzzParseFault wants that what is read can be written and read again, as text and as JSON.
func FuzzParseFault(f *testing.F) {
	for _, line := range []string{
		"op=listMessages,status=503,p=0.05,seed=1", "drop", `status=500,message="a, \"b\""`, every.String(), "delay=-1", "p=NaN,drop", "path=/%zz,drop",
		"delay=1e-300,drop", "status=500,code=\xff", "status=500,message=\"\\u00a0x\"", "scope=SMS,delay=1h",
	} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		one, err := ParseFault(line)
		if err != nil {
			require.NotEmpty(t, err.Error())
			return
		}
		again, err := ParseFault(one.String())
		require.NoError(t, err, one.String())
		require.Equal(t, one, again)
		b, err := json.Marshal(one)
		require.NoError(t, err)
		var read Fault
		require.NoError(t, json.Unmarshal(b, &read))
		require.Equal(t, one, read)
	})
}
