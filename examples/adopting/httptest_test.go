package adopting

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	crm "github.com/graduationkit/ringcentral/examples/unittests"
	"github.com/graduationkit/ringcentral/gradtest"
)

func TestAgainstHTTPTest(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"name":"Jane"}`)
	}))
	defer server.Close()
	s := gradtest.Start(t, app)
	before := s.Verdict().Successes
	_, err := crm.New(s.Client(), server.URL).Owner(t.Context()) // the output says that this is not counted
	require.NoError(t, err)
	assert.Equal(t, before, s.Verdict().Successes)
}
