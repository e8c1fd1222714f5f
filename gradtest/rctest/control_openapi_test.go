package rctest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestControlsAreDescribed reads /emulator/openapi.json with an independent library and sends each example in it.
func TestControlsAreDescribed(t *testing.T) {
	h, err := NewHandler(Config{})
	require.NoError(t, err)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", openAPIPath, nil))
	require.Equal(t, http.StatusOK, w.Code)
	doc, err := openapi3.NewLoader().LoadFromData(w.Body.Bytes())
	require.NoError(t, err)
	require.NoError(t, doc.Validate(t.Context()))

	examples := 0
	for _, e := range endpoints() {
		item := doc.Paths.Value(strings.TrimSuffix(e.path, "{$}"))
		require.NotNil(t, item, e.path)
		op := item.GetOperation(e.method)
		require.NotNil(t, op, "%s %s", e.method, e.path)
		if op.RequestBody == nil {
			continue
		}
		for name, example := range op.RequestBody.Value.Content["application/json"].Examples {
			body, err := json.Marshal(example.Value.Value)
			require.NoError(t, err)
			if strings.Contains(e.path, "logout") {
				body = []byte(`{"extensionId": "` + h.users[0].extensionID + `"}`) // the id depends on the seed
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest(e.method, e.path, strings.NewReader(string(body))))
			assert.Less(t, w.Code, 300, "%s %s %s %s: %s", e.method, e.path, name, body, w.Body)
			examples++
		}
	}
	assert.GreaterOrEqual(t, examples, 10)

	w = httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("POST", "/emulator/v1/logout", nil))
	assert.Equal(t, http.StatusOK, w.Code, "without a body all users are logged out: %s", w.Body)
}
