package wire

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
)

// errorCode returns the platform's code in an error body: XXX-nnn at the top level or in errors, otherwise the old
// word-like code at the top level, otherwise the error of OAuth. It reads token by token, since the body may be cut
// off.
func errorCode(body []byte) string {
	d := json.NewDecoder(bytes.NewReader(body))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return ""
	}
	var own, inner, oauth string
	for {
		key, value, err := member(d)
		if err != nil {
			break
		}
		switch {
		case key == "errorCode":
			own = safetext.ErrorCode(stringOf(value))
		case key == "error":
			oauth = safetext.ErrorCode(stringOf(value))
		case key == "errors" && value == json.Delim('['):
			inner = innerCode(d)
			continue
		}
		if skip(d, value) != nil {
			break
		}
	}
	for _, c := range []string{own, inner} {
		if strings.Contains(c, "-") {
			return c
		}
	}
	return cmp.Or(own, inner, oauth)
}

// innerCode returns the first XXX-nnn of the list of errors, otherwise its first word. The [ has been read.
func innerCode(d *json.Decoder) (found string) {
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return found
		}
		if t != json.Delim('{') {
			if skip(d, t) != nil {
				return found
			}
			continue
		}
		for {
			key, value, err := member(d)
			if err != nil {
				break
			}
			if code := safetext.ErrorCode(stringOf(value)); key == "errorCode" && (found == "" || strings.Contains(code, "-") && !strings.Contains(found, "-")) {
				found = code
			}
			if skip(d, value) != nil {
				return found
			}
		}
	}
	_, _ = d.Token() // the list's end; a body that is cut off has none
	return found
}

// member reads the next key of an object and the first token of its value. At the object's end it returns io.EOF.
func member(d *json.Decoder) (key string, value json.Token, err error) {
	t, err := d.Token()
	if err != nil {
		return "", nil, err
	}
	key, ok := t.(string)
	if !ok {
		return "", nil, io.EOF
	}
	value, err = d.Token()
	return key, value, err
}

// skip reads to the end of the value whose first token is t.
func skip(d *json.Decoder, t json.Token) error {
	for depth := 0; ; {
		switch t {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 {
			return nil
		}
		var err error
		if t, err = d.Token(); err != nil {
			return err
		}
	}
}

func stringOf(t json.Token) string {
	s, _ := t.(string)
	return s
}

// requestID returns s if it has the form of all ids seen so far: a UUID, sometimes followed by short counters.
// Anything else could be a phone number or a token.
func requestID(s string) string {
	const uuid, longest = 36, 56
	if len(s) < uuid || len(s) > longest {
		return ""
	}
	digits := 0 // in a row, after the UUID
	for i := range len(s) {
		c := s[i]
		digit := c >= '0' && c <= '9'
		hex := digit || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
		switch {
		case i == 8 || i == 13 || i == 18 || i == 23:
			if c != '-' {
				return ""
			}
		case i < uuid:
			if !hex {
				return ""
			}
		case digit:
			if digits++; digits > 6 {
				return ""
			}
		case c == '-' || c == '_' || c == '.' || c == ':' || i > uuid && hex:
			digits = 0
		default:
			return ""
		}
	}
	return s
}
