package scrub

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// shown writes parts as text with their kinds.
func shown(parts []Part) string {
	var b strings.Builder
	for _, p := range parts {
		if p.Kind == Keep {
			b.WriteString(p.Text)
		} else {
			fmt.Fprintf(&b, "<%s %s>", p.Kind, p.Text)
		}
	}
	return b.String()
}

func TestValue(t *testing.T) {
	r := Rules{Keep: []string{"+16505550199"}, Origin: "http://127.0.0.1:8080"}
	for _, tc := range [][3]string{
		{"type", "SMS", "SMS"}, {"direction", "Inbound", "Inbound"}, {"messageStatus", "Queued", "Queued"}, {"view", "Detailed", "Detailed"},
		{"perPage", "100", "100"}, {"size", "123456", "123456"}, {"extensionNumber", "101", "101"},
		{"id", "62264425", "<id 62264425>"}, {"anything", "62264425", "<id 62264425>"}, {"size", "16505550101", "<id 16505550101>"},
		{"id", "3af7c0de-1b2c-4d5e-8f90-0123456789ab", "<id 3af7c0de-1b2c-4d5e-8f90-0123456789ab>"},
		{"phoneNumber", "+16505550101", "+<phone number 16505550101>"}, {"x", "+442079460123", "+<phone number 442079460123>"},
		{"phoneNumber", "+16505550199", "+16505550199"}, // kept
		{"phoneNumber", "16505550101", "<phone number 16505550101>"}, {"x", "(650) 555-0101", "<phone number (650) 555-0101>"},
		{"access_token", "abc", "<secret abc>"}, {"client_secret", "x", "<secret x>"}, {"password", "1234", "<secret 1234>"},
		{"password", "password", "<secret password>"}, {"grant_type", "password", "password"}, {"refresh_token_expires_in", "604800", "604800"},
		{"client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
		{"token_type", "bearer", "bearer"}, {"scope", "ReadAccounts SMS", "ReadAccounts SMS"}, {"scope", "Jane SMS", "<text Jane SMS>"},
		{"email", "jane@corp.test", "<email address jane@corp.test>"}, {"name", "Jane van Doe", "<name Jane> <name van> <name Doe>"},
		{"name", "SMS", "<name SMS>"}, {"lastName", "Read", "<name Read>"}, {"name", "Ext 101", "<name Ext> 101"},
		{"subject", "4821", "<text 4821>"}, {"text", "hello", "<text hello>"}, {"unknown", "Jane", "<text Jane>"}, {"unknown", "two words", "<text two words>"},
		{"creationTime", "2026-11-28T10:00:00.000Z", "<time 2026-11-28T10:00:00.000Z>"}, {"dateFrom", "2026-11-28", "<time 2026-11-28>"},
		{"errorCode", "CMN-102", "CMN-102"}, {"errorCode", "InsufficientPermissions", "InsufficientPermissions"}, {"errorCode", "16505550101", "<id 16505550101>"},
		{"serverVersion", "10.0.1", "10.0.1"}, {"address", "10.20.30.40", "<phone number 10.20.30.40>"}, {"contentType", "image/png", "image/png"},
		{"code", "US", "<secret US>"}, {"isoCode", "US", "US"}, {"localeCode", "en-US", "en-US"}, {"name", "America/Los_Angeles", "America/Los_Angeles"}, {"featureName", "SMS", "SMS"}, {"featureName", "Jane", "<name Jane>"},
		{"uri", "http://127.0.0.1:8080/restapi/v1.0/account/12345/extension/67890?page=2&dateFrom=2026-11-28&phoneNumber=%2B16505550101",
			"https://platform.example/restapi/v1.0/account/<id 12345>/extension/<id 67890>?page=2&dateFrom=<time 2026-11-28>&phoneNumber=+<phone number 16505550101>"},
		{"uri", "https://media.ringcentral.com/restapi/v1.0/account/12345", "https://media.ringcentral.com/restapi/v1.0/account/<id 12345>"},
		{"uri", "https://hook.corp.test/a/b1?key=v", "https://<id hook.corp.test>/<id a>/<id b1>?key=<text v>"},
		{"uri", "https://jane:secret@platform.ringcentral.com/", "https://<id jane:secret@platform.ringcentral.com>/"},
		{"", "", ""}, {"x", "  ", "  "},
	} {
		assert.Equal(t, tc[2], shown(r.Value(tc[0], tc[1])), "%s %s", tc[0], tc[1])
	}
	assert.Equal(t, "http://127.0.0.1:8080/a?b=%2B16505550101", Plain([]Part{{Text: "http://127.0.0.1:8080/a?b="}, {Text: "+", code: inQuery}, {Kind: Phone, Text: "16505550101", code: inQuery}}))
}

func TestPath(t *testing.T) {
	for path, want := range map[string]string{
		"/restapi/v1.0/account/~/extension/~/message-store/12345,67890": "/restapi/v1.0/account/~/extension/~/message-store/<id 12345>,<id 67890>",
		"/restapi/v1.0/account/~/no-such/jane%20doe/12":                 "/restapi/v1.0/account/~/<id no-such>/<id jane doe>/12",
		"/restapi/oauth/token":                                          "/restapi/oauth/token",
		"/team-messaging/v1/chats/123456/posts":                         "/team-messaging/v1/chats/<id 123456>/posts",
	} {
		parts := Rules{}.Path(http.MethodGet, path)
		assert.Equal(t, want, shown(parts))
		assert.Equal(t, path, Plain(parts))
	}
}

// pass is one run of a scrubber over messages.
type pass struct {
	Rules
	fakes *Fakes
}

func (p pass) learn(f Field) string {
	for _, part := range f.Parts {
		p.fakes.Learn(part)
	}
	return Plain(f.Parts)
}

func (p pass) replace(f Field) string { return Write(f.Parts, p.fakes.Of) }

// body scrubs one body.
func body(t *testing.T, contentType, text string) (string, string) {
	p := pass{fakes: NewFakes([]byte("key"))}
	p.Body(contentType, []byte(text), p.learn)
	p.fakes.Make()
	out, kind := p.Body(contentType, []byte(text), p.replace)
	again, _ := p.Body(kind, out, func(f Field) string { return Plain(f.Parts) })
	assert.Equal(t, string(out), string(again), "what is written can be read")
	return string(out), kind
}

func TestBody(t *testing.T) {
	out, kind := body(t, "application/json;charset=utf-8", `{ "id": 400123, "from": {"phoneNumber":"+16505550101","name":"Jane Doe"},
		"firstName":"Jane", "subject":"call (650) 555-0101 <b>", "perPage":100, "ok":true, "none":null, "empty":{}, "list":[],
		"16505550101": 1, "pin": 1234, "amount": 12345.67}`)
	assert.Equal(t, "application/json; charset=utf-8", kind)
	assert.Regexp(t, `^\{"id":\d{6},"from":\{"phoneNumber":"\+1\d{3}55501\d\d","name":"([A-Z][a-z]+) [A-Z][a-z]+"\},"firstName":"([A-Z][a-z]+)",`+
		`"subject":"Text [a-z2-7]{8}","perPage":100,"ok":true,"none":null,"empty":\{\},"list":\[\],"1\d{3}55501\d\d":1,"pin":\d{4},"amount":12345.67\}$`, out)
	for _, secret := range []string{"400123", "6505550101", "Jane", "Doe", "call", `:1234,`} {
		assert.NotContains(t, out, secret)
	}

	out, kind = body(t, "application/x-www-form-urlencoded", "grant_type=password&username=%2B16505550101&password=p%26w&scope=SMS")
	assert.Equal(t, "application/x-www-form-urlencoded", kind)
	assert.Regexp(t, `^grant_type=password&username=%2B1\d{3}55501\d\d&password=FAKE-TOKEN-\w{16}&scope=SMS$`, out)

	out, kind = body(t, "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"json\"; filename=\"r.json\"\r\n"+
		"Content-Type: application/json\r\n\r\n{\"to\":\"+16505550101\"}\r\n--x\r\nContent-Disposition: form-data; name=\"attachment\"; filename=\"Jane.pdf\"\r\n"+
		"Content-Type: application/pdf\r\n\r\n%PDF\x00\r\n--x--\r\n")
	assert.Equal(t, "multipart/form-data; boundary=replay-boundary-0", kind)
	assert.Contains(t, out, "replay: 5 bytes of binary content")
	assert.Regexp(t, `filename="?[A-Z][a-z]+\.pdf`, out)
	assert.NotContains(t, out, "6505550101")

	for _, tc := range [][3]string{
		{"text/html", "<p>Jane</p>", `^Text [a-z2-7]{8}$`}, {"application/json", `{"id": 12345`, `^Text `}, {"", "\xff\x00", `^replay: 2 bytes of binary content$`},
		{"application/json", `{}{}`, `^Text `}, {"", `{"ok":true}`, `^{"ok":true}$`}, {"text/plain", "", "^$"}, {"image/png", "abc", `^replay: 3 bytes`},
		{"application/json", `"Jane"`, `^"Text `}, {"application/json", strings.Repeat("[", 2000) + strings.Repeat("]", 2000), `^Text `},
	} {
		out, _ := body(t, tc[0], tc[1])
		assert.Regexp(t, tc[2], out)
	}
}

// TestKeys: a map's keys can be values, and they are replaced, except for those that look like names of members.
func TestKeys(t *testing.T) {
	for key, kept := range map[string]bool{
		"phoneNumber": true, "access_token": true, "undocumentedField": true, "line2": true, "schemas": true, "totalResults": true,
		"Jane": false, "jane@corp.test": false, "16505550101": false, "jane.doe": false, "user 5": false, "x123456": false, "": false,
	} {
		assert.Equal(t, kept, IsKey(key), key)
	}
	out, _ := body(t, "application/json", `{"Jane":{"jane@corp.test":1}}`)
	assert.Regexp(t, `^\{"Text [a-z2-7]{8}":\{"user-[a-z2-7]{8}@example\.com":1\}\}$`, out)
	out, _ = body(t, "application/x-www-form-urlencoded", "Jane=1&jane%40corp.test")
	assert.NotContains(t, out, "Jane")
	assert.Regexp(t, `^[A-Z][a-z]{3}=1&[a-z]{4}%40[a-z]{4}\.[a-z]{4}$`, out)
}

func TestHeaders(t *testing.T) {
	p := pass{Rules: Rules{Origin: "http://s"}, fakes: NewFakes(nil)}
	s := Response{Status: 429, Header: http.Header{
		"Retry-After": {"60"}, "X-Rate-Limit-Group": {"light"}, "X-Rate-Limit-Remaining": {"0"}, "Set-Cookie": {"s=1"}, "Rcrequestid": {"x"},
		"Location": {"http://s/restapi/v1.0/account/12345"}, "Content-Disposition": {`attachment; filename="Jane.mp3"`},
		"Www-Authenticate": {`Bearer realm="RingCentral", error="OAU-129", error_description="Jane"`}, "Content-Encoding": {"gzip"},
	}}
	p.Response(s, p.learn)
	p.fakes.Make()
	out := p.Response(s, p.replace)
	assert.Equal(t, "60", out.Header.Get("Retry-After"))
	assert.Equal(t, `Bearer error="OAU-129"`, out.Header.Get("WWW-Authenticate"))
	assert.Regexp(t, `^https://platform\.example/restapi/v1\.0/account/\d{5}$`, out.Header.Get("Location"))
	assert.Regexp(t, `^attachment; filename=[A-Z][a-z]+\.mp3$`, out.Header.Get("Content-Disposition"))
	assert.Len(t, out.Header, 7)
}

func TestFakesAreStableAndDistinct(t *testing.T) {
	make := func(key string, parts ...Part) *Fakes {
		f := NewFakes([]byte(key))
		for _, p := range parts {
			f.Learn(p)
		}
		f.Make()
		return f
	}
	id := Part{Kind: ID, Text: "62264425"}
	phone := Part{Kind: Phone, Text: "16505550101"}
	a, b := make("k", id, phone), make("k", phone, Part{Kind: Text, Text: "new"}, id)
	assert.Equal(t, a.Of(id), b.Of(id), "another recording")
	assert.Equal(t, a.Of(phone), b.Of(phone))
	assert.NotEqual(t, a.Of(id), make("other", id).Of(id))
	assert.Equal(t, a.Of(phone)[1:], strings.NewReplacer("(", "", ")", "", " ", "", "-", "").Replace(
		make("k", Part{Kind: Phone, Text: "(650) 555-0101"}).Of(Part{Text: "(650) 555-0101"})), "the same number, written otherwise")

	for n := range 200 {
		id := Part{Kind: ID, Text: fmt.Sprint(2147483647 - n)}
		_, err := strconv.ParseInt(make("k", id).Of(id), 10, 32)
		require.NoError(t, err)
	}

	var all []Part
	for n := range 3000 {
		all = append(all, Part{Kind: ID, Text: fmt.Sprint(10000 + n)}, Part{Kind: Phone, Text: fmt.Sprint(16505550000 + n)}, Part{Kind: Name, Text: fmt.Sprint("N", n)})
	}
	f := make("k", all...)
	seen := map[string]bool{}
	for _, p := range all {
		fake := f.Of(p)
		require.False(t, seen[fake], "%s twice", fake)
		require.False(t, f.kinds[fake] > 0, "%s is a value", fake)
		seen[fake] = true
	}
}
