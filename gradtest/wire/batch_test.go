package wire

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBatches(t *testing.T) {
	const boundary = "Boundary_1"
	mixed := func(first string) string {
		return "--" + boundary + "\r\nContent-Type: application/json\r\n\r\n" + first + "\r\n--" + boundary +
			"\r\nContent-Type: application/json\r\n\r\n{\"id\":1}\r\n--" + boundary + "--\r\n"
	}
	multi := `multipart/mixed; boundary=` + boundary
	for _, tt := range []struct {
		name, media, body string
		partial           bool
	}{
		{"all good", "application/json", `{"response":[{"href":"x","status":200},{"status":204}]}`, false},
		{"one bad", "application/json", `{"response":[{"status":200},{"status":404}]}`, true},
		{"array", "application/vnd.ringcentral.multipart+json", `[{"resourceId":"1","status":200,"body":{}}]`, false},
		{"array with a bad one", "application/vnd.ringcentral.multipart+json", `[{"status":200},{"status":403}]`, true},
		{"statuses as text", "application/json", `[{"status":"200 OK"},{"status":"201"}]`, false},
		{"bad status as text", "application/json", `[{"status":"404 Not Found"}]`, true},
		{"no status", "application/json", `[{"resourceId":"1"}]`, true},
		{"nothing", "application/json", `{"response":[]}`, true},
		{"other shape", "application/json", `{"records":[]}`, true},
		{"garbage", "application/json", `<html>`, true},
		{"cut off", "application/json", `[{"status":200},`, true},
		{"empty", "application/json", ``, true},
		{"multipart", multi, mixed(`{"response":[{"status":200},{"status":200}]}`), false},
		{"multipart with a bad one", multi, mixed(`{"response":[{"status":200},{"status":500}]}`), true},
		{"multipart as the clients write it", `multipart/mixed;boundary=` + boundary, mixed(`{"response":[{"status":200}]}`), false},
		{"multipart with another boundary", `multipart/mixed; boundary=other`, mixed(`{"response":[{"status":200}]}`), true},
		{"multipart without one", `multipart/mixed`, mixed(`{"response":[{"status":200}]}`), true},
		{"endless", "application/json", `[` + strings.Repeat(`{"status":200},`, successPeek/10) + `{"status":200}]`, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", tt.media)
				w.WriteHeader(http.StatusMultiStatus)
				_, _ = io.WriteString(w, tt.body)
			}))
			defer server.Close()
			w := newScene(t, server.URL)
			resp, err := w.client().Get(server.URL + "/restapi/v1.0/account/~/extension/~/message-store/1,2")
			require.NoError(t, err)
			body, err := io.ReadAll(resp.Body)
			require.NoError(t, err)
			require.NoError(t, resp.Body.Close())
			assert.Equal(t, tt.body, string(body), "the caller gets all of it")
			assert.Equal(t, tt.partial, w.only(t).Partial)
		})
	}
}

func FuzzAllSucceeded(f *testing.F) {
	f.Add([]byte(`{"response":[{"status":200}]}`), "application/json", "")
	f.Add([]byte("--b\r\n\r\n[{\"status\":200}]\r\n--b--"), "multipart/mixed", "b")
	f.Fuzz(func(t *testing.T, body []byte, media, boundary string) {
		if allSucceeded(body, true, media, boundary) {
			assert.Contains(t, string(body), "2", "a success names a status")
		}
		assert.False(t, media != "multipart/mixed" && allSucceeded(body, false, media, boundary), "what is cut off is no success")
	})
}
