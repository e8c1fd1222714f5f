package rctest

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestSuccess(t *testing.T) {
	const js, page = "application/json;charset=utf-8", "<!doctype html><html>"
	mixed := "multipart/mixed; boundary=b"
	for _, tt := range []struct {
		op     rcapi.Operation
		status int
		kind   string
		body   string
		want   bool
	}{
		{rcapi.ReadExtension, 200, js, `{"id":1}`, true},
		{rcapi.ReadExtension, 201, js, `{"id":1}`, false},
		{rcapi.ReadExtension, 404, js, `{"id":1}`, false},
		{rcapi.ReadExtension, 200, "", `{"id":1}`, false},
		{rcapi.ReadExtension, 200, "text/plain", `{"id":1}`, false},
		{rcapi.ReadExtension, 200, js, ``, false},
		{rcapi.ReadExtension, 200, js, `{"id":`, false},
		{rcapi.ReadExtension, 200, js, page, false},
		{rcapi.ReadExtension, 200, "text/html", page, false},
		{rcapi.DeleteContact, 204, "", ``, true},
		{rcapi.DeleteEventNew, 200, "", ``, true},
		{rcapi.ReadMessageContent, 200, "audio/mpeg", `x`, true},
		{rcapi.ReadMessageContent, 200, "text/html", page, false},
		{rcapi.ReadMessageContent, 200, "audio/mpeg", ``, false},
		{rcapi.ReadMessageContent, 206, "audio/mpeg", `x`, false},
		{rcapi.ReadMessage, 207, js, `[{"status":200},{"status":"204 No Content"}]`, true},
		{rcapi.ReadMessage, 207, js, `{"response":[{"status":200},{"status":404}]}`, false},
		{rcapi.ReadMessage, 207, js, `{"records":[{"status":200}]}`, true},
		{rcapi.ReadMessage, 207, js, `[{"status":"2000"}]`, false},
		{rcapi.ReadMessage, 207, js, `[]`, false},
		{rcapi.ReadMessage, 207, js, `[{"id":1}]`, false},
		{rcapi.ReadMessage, 207, mixed, "--b\r\n\r\n[{\"status\":200}]\r\n--b--\r\n", true},
		{rcapi.ReadMessage, 207, mixed, "[{\"status\":200}]", false},
	} {
		assert.Equal(t, tt.want, success(tt.op.ID, tt.status, tt.kind, []byte(tt.body), false), "%+v", tt)
	}
}

// gone is a client that has gone.
type gone struct{ *httptest.ResponseRecorder }

func (gone) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestAResponseThatDidNotArriveIsNoSuccess(t *testing.T) {
	a := newApp(t, Config{})
	assert.Equal(t, http.StatusOK, a.call(getOwn).status)
	a.h.ServeHTTP(gone{httptest.NewRecorder()}, a.request(getOwn))
	assert.Equal(t, 1, a.h.Verdict().Successes)
	assert.Len(t, a.h.Calls(), 3, "the login and both calls")
}
