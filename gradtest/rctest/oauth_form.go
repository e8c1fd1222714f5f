package rctest

import (
	"io"
	"mime"
	"net/http"
	"net/url"
)

// formLimit bounds the form of a token request, bodyLimit the JSON of an API call, mediaLimit everything else.
const (
	formLimit  = 1 << 20
	bodyLimit  = 8 << 20
	mediaLimit = 64 << 20
)

// form is an OAuth form. SDKs send optional fields empty: an empty field is an absent one.
type form map[string]string

// readForm reads the form of a token request.
func readForm(r *http.Request) (form, *oauthError) {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != "application/x-www-form-urlencoded" {
		return nil, oauthContentType
	}
	body, err := readBody(r, formLimit)
	if err != nil {
		return nil, oauthForm
	}
	values, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, oauthForm
	}
	return flat(values)
}

// flat makes a form of values; none may stand twice.
func flat(values url.Values) (form, *oauthError) {
	f := make(form, len(values))
	for name, all := range values {
		if len(all) > 1 {
			return nil, oauthDuplicate
		}
		f[name] = all[0]
	}
	return f, nil
}

// readBody reads a body that is not larger than limit.
func readBody(r *http.Request, limit int64) ([]byte, error) {
	if r.Body == nil || r.Body == http.NoBody {
		return nil, nil
	}
	if r.ContentLength > limit {
		return nil, errTooLarge
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, limit+1))
	if err == nil && int64(len(body)) > limit {
		err = errTooLarge
	}
	return body, err
}
