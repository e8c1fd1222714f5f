package ledger

import (
	"bytes"
	"encoding/json"
	"errors"
	"hash/crc32"
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

func TestEncodeIsReversible(t *testing.T) {
	for name, r := range map[string]Record{
		"done": done("id", noon), "full": full(), "declared": declared(),
		"least":          {Kind: Released, ID: "x", At: time.Unix(0, 1)},
		"another zone":   {Kind: Waiting, ID: "x", At: noon.In(time.FixedZone("", 3600))},
		"first year":     {Kind: Waiting, ID: "x", At: time.Date(1, 1, 1, 0, 0, 0, 1, time.UTC)},
		"last year":      {Kind: Waiting, ID: "x", At: time.Date(9999, 12, 31, 23, 59, 59, 999999999, time.UTC)},
		"no valid UTF-8": {Kind: Done, ID: "a\xffb\"\xc3", At: noon, Op: "\xf0\x9f"},
		"negative":       {Kind: Done, ID: "x", At: noon, Signal: window.Signal{Limit: math.MinInt, Window: math.MinInt64, Remaining: -1, RetryAfter: math.MaxInt64}},
	} {
		t.Run(name, func(t *testing.T) {
			line, err := Encode(nil, r)
			require.NoError(t, err)
			assert.True(t, json.Valid(line), "%s", line)
			assert.Equal(t, 1, bytes.Count(line, []byte("\n")))
			got, err := Decode(line)
			require.NoError(t, err)
			assert.Equal(t, r.normal(), got)
		})
	}
}

func TestEncodeSetsEveryField(t *testing.T) {
	r := full()
	for i, v := 0, reflect.ValueOf(r); i < v.NumField(); i++ {
		if name := v.Type().Field(i).Name; name != "Declared" {
			assert.False(t, v.Field(i).IsZero(), "full leaves %s zero, so that no test sees it lost", name)
		}
	}
}

func TestEncodeLooksAsDocumented(t *testing.T) {
	line, err := Encode([]byte("before "), done("id", noon))
	require.NoError(t, err)
	assert.Equal(t, `before {"v":1,"at":"2026-11-23T12:00:00.123456789Z","k":"done","id":"id","sent":"2026-11-23T12:00:00.103456789Z",`+
		`"op":"readUserCallLog","m":"GET","p":"/restapi/v1.0/account/{accountId}/extension/{extensionId}/call-log","g":["heavy"],`+
		`"sc":["ReadCallLog"],"st":200,"rid":"0f1e-2d3c","sig":{"g":"heavy","l":10,"w":60000000000,"r":10},"c":"`+checksumOf(line[7:])+"\"}\n", string(line))
}

// checksumOf computes a line's checksum from what the documentation says.
func checksumOf(line []byte) string {
	body, _, _ := bytes.Cut(line, []byte(`,"c":"`))
	sum := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	_, _ = sum.Write(body)
	const digits = "0123456789abcdef"
	var out []byte
	for _, b := range sum.Sum(nil) {
		out = append(out, digits[b>>4], digits[b&15])
	}
	return string(out)
}

func TestEncodeRefusesALineTooLong(t *testing.T) {
	r := declared()
	for range 10_000 {
		r.Declared.Endpoints = append(r.Declared.Endpoints, r.Declared.Endpoints[0])
	}
	b, err := Encode([]byte("kept"), r)
	_, ok := errors.AsType[*InvalidError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, "kept", string(b))
}

func FuzzEncode(f *testing.F) {
	f.Add("id", "readUserCallLog", "GET", "/restapi/v1.0/account/{accountId}", "heavy", "ReadCallLog", "CMN-102", "rid", 200, int64(1), true)
	f.Add("\xff\"\\\n", "é", "", "", "]\",[", "", "", "", -1, int64(-1<<63), false)
	f.Fuzz(func(t *testing.T, id, op, method, path, group, scope, code, rid string, status int, n int64, flag bool) {
		r := Record{
			Kind: Done, ID: id, At: time.Unix(0, n), Sent: time.Unix(n%1e9, 0), Op: op, Method: method, Path: path, Groups: []string{group, scope},
			Scopes: []string{scope}, Status: status, Code: code, RequestID: rid, OAuth: flag, Fault: !flag, Partial: flag,
		}
		r.Signal.Group, r.Signal.Window, r.Signal.RetryAfter, r.Signal.Limit = group, time.Duration(n), time.Duration(-n), status
		line, err := Encode(nil, r)
		if err != nil {
			require.Empty(t, line)
			return
		}
		require.True(t, json.Valid(line), "%q", line)
		got, err := Decode(line)
		require.NoError(t, err, "%q", line)
		require.Equal(t, r.normal(), got)
	})
}

func BenchmarkEncode(b *testing.B) {
	r := done("18a1b2c3d4e5f6070123456789abcdef", noon)
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		buf, _ = Encode(buf[:0], r)
	}
	b.SetBytes(int64(len(buf)))
}
