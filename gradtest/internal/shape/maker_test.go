package shape

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMakeDependsOnSeedAndKey(t *testing.T) {
	s := Of("readExtension").Responses[0].Contents[0].Shape
	first := Maker{Seed: 1}.Make(s, "7", true)
	assert.Equal(t, first, Maker{Seed: 1}.Make(s, "7", true))
	assert.NotEqual(t, first, Maker{Seed: 2}.Make(s, "7", true))
	other := Maker{Seed: 1}.Make(s, "8", true)
	assert.NotEqual(t, first.(map[string]any)["partnerId"], other.(map[string]any)["partnerId"])
}

func TestMakeTakesTheKeyForAnID(t *testing.T) {
	const uuid = "0f0e0d0c-0b0a-4009-8807-060504030201"
	text := parse(t, "1 {\"type\":\"object\",\"members\":[\"id 2!\",\"uri 2!\",\"owner 3!\"]}\n2 {\"type\":\"string\"}\n3 {\"type\":\"object\",\"members\":[\"id 2!\"]}\n")
	number := parse(t, "1 {\"type\":\"object\",\"members\":[\"id 2!\"]}\n2 {\"type\":\"integer\",\"format\":\"int64\"}\n")
	for _, tt := range []struct {
		s    *Shape
		key  string
		want any // nil: another
	}{
		{text, "42", "42"}, {text, uuid, uuid}, {text, "GET /a", nil}, {number, "42", 42.0}, {number, uuid, nil}, {number, "042", nil},
	} {
		v := Maker{}.Make(tt.s, tt.key, true).(map[string]any)
		if tt.want == nil {
			assert.Regexp(t, `^"?\d{9,12}"?$`, string(appendAny(nil, v["id"])), tt.key)
			continue
		}
		assert.Equal(t, tt.want, v["id"], tt.key)
		if tt.s == text {
			assert.NotEqual(t, tt.want, v["owner"].(map[string]any)["id"], "the owner is another resource")
			assert.True(t, strings.HasSuffix(v["uri"].(string), "/"+tt.key), "%v", v["uri"])
		}
	}
}

func TestMakeKnows(t *testing.T) {
	s := parse(t, `1 {"type":"object","members":["id 2!","accountId 2!","records 3!","extension 5!"]}
2 {"type":"string"}
3 {"type":"array","items":4}
4 {"type":"object","members":["id 2!","extension 5!","accountId 2!"]}
5 {"type":"object","members":["id 6!","accountId 2!"]}
6 {"type":"integer"}
`)
	asked := make(map[string]bool)
	m := Maker{Known: func(path string) (any, bool) {
		asked[path] = true
		v, ok := map[string]any{"accountId": "11", "id": "12", "extension.id": 13, "records.extension.id": "unfit"}[path]
		return v, ok
	}}
	assert.Equal(t, map[string]any{
		"id": "12", "accountId": "11", "extension": map[string]any{"id": 13.0, "accountId": "11"},
		"records": []any{map[string]any{"id": digitsOf(t, m, s), "extension": map[string]any{"id": 13.0, "accountId": "11"}, "accountId": "11"}},
	}, m.Make(s, "", false))
	assert.True(t, asked["records.extension.id"])
	assert.True(t, asked["records.id"])
}

// digitsOf is the id of the first record, which is not known in advance.
func digitsOf(t *testing.T, m Maker, s *Shape) string {
	t.Helper()
	id := m.Make(s, "", false).(map[string]any)["records"].([]any)[0].(map[string]any)["id"].(string)
	require.Regexp(t, `^\d{9,12}$`, id)
	return id
}

func TestMakeParameters(t *testing.T) {
	n := 0
	for _, id := range ids {
		for _, p := range Of(id).Parameters {
			n++
			v := testMaker.Parameter(p, "1")
			assert.NotEmpty(t, v)
			f, bad := p.Check([]string{v})
			assert.False(t, bad, "%s %s=%s: %+v", id, p.Name, v, f)
		}
	}
	assert.Greater(t, n, 1000)
}

func TestMakeBase(t *testing.T) {
	s := parse(t, "1 {\"type\":\"object\",\"members\":[\"uri 2!\",\"note 3!\"]}\n2 {\"type\":\"string\",\"format\":\"uri\"}\n3 {\"type\":\"string\"}\n")
	assert.Contains(t, string(Maker{}.AppendMade(nil, s, "1", true)), `"uri":"https://example.com/`)
	assert.Contains(t, string(Maker{Base: "http://host:1"}.AppendMade(nil, s, "1", true)), `"uri":"http://host:1/`)
	assert.Equal(t, `{"uri":"http://host:1/a","note":"/a"}`, string(Maker{Base: "http://host:1"}.Append(nil, s, map[string]any{"uri": "/a", "note": "/a"}, "")))
}

func TestMakeDatesAroundNow(t *testing.T) {
	now := time.Date(2026, 11, 24, 13, 0, 0, 5e6, time.FixedZone("", 3600))
	s := parse(t, "1 {\"type\":\"object\",\"members\":[\"creationTime 2!\",\"startTime 2!\",\"endTime 2!\",\"lastModifiedTime 2!\",\"expirationTime 2!\"]}\n2 {\"type\":\"string\",\"format\":\"date-time\"}\n")
	for _, key := range []string{"1", "2", "3"} {
		v := Maker{Now: now}.Make(s, key, true).(map[string]any)
		moment := func(name string) time.Time {
			text := v[name].(string)
			require.Regexp(t, regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$`), text)
			at, err := time.Parse(time.RFC3339, text)
			require.NoError(t, err)
			return at
		}
		assert.True(t, moment("creationTime").Before(moment("lastModifiedTime")))
		assert.True(t, moment("startTime").Before(moment("endTime")))
		assert.True(t, moment("endTime").Before(now))
		assert.True(t, moment("expirationTime").After(now))
	}
}
