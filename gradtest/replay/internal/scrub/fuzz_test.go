package scrub

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// FuzzMessages: of a message with a secret in any place nothing is left, the secret has one replacement everywhere, and
// what was scrubbed stays as it is when it is scrubbed again by the same rules.
func FuzzMessages(f *testing.F) {
	for _, seed := range [][3]string{
		{"400123456", "id", "application/json"}, {"+16505550177", "phoneNumber", "application/x-www-form-urlencoded"},
		{"Jane Doe", "firstName", "application/json"}, {"jane@corp.test", "email", "text/plain"}, {"a secret text", "subject", ""},
		{"U0pDMTFQMDFQQVMwMHxBQUF", "access_token", "application/json"}, {"3af7c0de-1b2c-4d5e-8f90-0123456789ab", "x", "multipart/form-data; boundary=b"},
		{"über/25%&=#\"\\", "name", "application/json"}, {"\xff\xfe12345", "z", "application/json"},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	f.Fuzz(func(t *testing.T, secret, key, kind string) {
		if !utf8.ValidString(secret) || !utf8.ValidString(key) || len(secret) > 200 {
			return
		}
		var rules Rules
		parts := rules.Value(key, secret)
		text, err := json.Marshal(map[string]any{key: secret, "list": []any{map[string]any{key: secret}}})
		require.NoError(t, err)
		if strings.Contains(kind, "form-urlencoded") {
			text = []byte(url.Values{key: {secret}}.Encode())
		}
		q := Request{
			Method: "POST", Base: "https://s.test", Path: "/restapi/v1.0/account/" + url.PathEscape(secret), Query: url.Values{key: {secret}}.Encode(),
			Header: http.Header{"Content-Type": {kind}}, Body: text,
		}
		s := Response{Status: 200, Header: http.Header{"Content-Type": {kind}, "Location": {"https://s.test/" + url.PathEscape(secret)}}, Body: text}
		p := pass{Rules: rules, fakes: NewFakes([]byte("key"))}
		p.Request(q, p.learn)
		p.Response(s, p.learn)
		p.fakes.Make()

		// Each part of a value that is replaced has one replacement, and it is no part of any value.
		replaced := make(map[string]string)
		both := func(f Field) string {
			for _, part := range f.Parts {
				if part.Replaced() {
					fake := p.fakes.Of(part)
					require.NotEmpty(t, fake)
					require.NotEqual(t, part.Text, fake)
					if former, known := replaced[part.Text]; known {
						require.Equal(t, former, fake)
					}
					replaced[part.Text] = fake
				}
			}
			return Write(f.Parts, p.fakes.Of)
		}
		q2, s2 := p.Request(q, both), p.Response(s, both)
		out := q2.URL() + "\n" + string(q2.Body) + "\n" + s2.Header.Get("Location") + "\n" + string(s2.Body)
		for _, part := range parts {
			// Short parts, and words of the messages around them, occur by chance.
			if part.Replaced() && len(part.Text) >= 12 && !strings.Contains("https://platform.example/restapi/v1.0/account/ list "+key, part.Text) {
				for _, written := range []string{part.Text, url.QueryEscape(part.Text), url.PathEscape(part.Text)} {
					assert.NotContains(t, out, written)
				}
			}
		}

		// Of the replacements nothing is a value, so a second time changes nothing.
		again := func(f Field) string {
			return Write(f.Parts, func(part Part) string {
				if _, known := p.fakes.kinds[part.Text]; known {
					return p.fakes.Of(part)
				}
				return part.Text
			})
		}
		q3, s3 := p.Request(q2, again), p.Response(s2, again)
		assert.Equal(t, q2.URL(), q3.URL())
		assert.Equal(t, string(q2.Body), string(q3.Body))
		assert.Equal(t, string(s2.Body), string(s3.Body))
	})
}
