package rctest

import (
	"mime"
	"net/http"
	"net/url"
)

// form has the fields of an OAuth request. An empty field counts as absent, since SDKs send optional fields empty.
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

// flat makes a form of values. A repeated field is an error.
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
