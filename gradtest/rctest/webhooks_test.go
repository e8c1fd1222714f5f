package rctest

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const onOwnChange = `{"eventFilters":["/restapi/v1.0/account/~/extension/~"],"deliveryMode":{"transportType":"WebHook","address":%q,"verificationToken":"mine"}}`

// TestWebhook goes the whole way: validation, a change, a notification.
func TestWebhook(t *testing.T) {
	received := make(chan *http.Request, 1)
	body := make(chan string, 1)
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if token := r.Header.Get("Validation-Token"); token != "" {
			w.Header().Set("Validation-Token", token)
			return
		}
		text, _ := io.ReadAll(r.Body)
		received <- r
		body <- string(text)
	}))
	defer hook.Close()
	a := newApp(t, Config{})
	require.Equal(t, 200, a.call("POST /restapi/v1.0/subscription", fmt.Sprintf(onOwnChange, hook.URL+"/here")).status)
	require.Equal(t, 200, a.call("PUT "+own, `{"contact":{"firstName":"New"}}`).status)
	r := <-received
	assert.Equal(t, "/here", r.URL.Path)
	assert.Equal(t, "mine", r.Header.Get("Verification-Token"))
	assert.Contains(t, <-body, `"eventType":"Update"`)
}

func TestWebhookValidation(t *testing.T) {
	echo := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Validation-Token", r.Header.Get("Validation-Token"))
	}
	for _, c := range []struct {
		name   string
		answer http.HandlerFunc
		code   string
	}{
		{"echoes", echo, ""},
		{"does not echo", func(http.ResponseWriter, *http.Request) {}, "SUB-520"},
		{"another token", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Validation-Token", "x") }, "SUB-520"},
		{"another status", func(w http.ResponseWriter, r *http.Request) { echo(w, r); w.WriteHeader(204) }, "SUB-522"},
		{"redirects", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/elsewhere", http.StatusFound) }, "SUB-522"},
		{"says too much", func(w http.ResponseWriter, r *http.Request) {
			echo(w, r)
			_, _ = io.WriteString(w, strings.Repeat("x", 1025))
		}, "SUB-525"},
		{"hangs up", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "SUB-521"},
	} {
		t.Run(c.name, func(t *testing.T) {
			hook := httptest.NewServer(c.answer)
			defer hook.Close()
			got := newApp(t, Config{}).call("POST /restapi/v1.0/subscription", fmt.Sprintf(onOwnChange, hook.URL))
			if c.code == "" {
				assert.Equal(t, 200, got.status, got.body)
				return
			}
			assert.Equal(t, 400, got.status)
			assert.Equal(t, c.code, got.codes(t)[1])
		})
	}
}
