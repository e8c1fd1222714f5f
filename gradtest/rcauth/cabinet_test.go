package rcauth

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"
)

// issuer gives token-1, token-2, … and counts the requests.
type issuer struct{ requests atomic.Int32 }

func (i *issuer) RoundTrip(req *http.Request) (*http.Response, error) {
	rec := httptest.NewRecorder()
	rec.Header().Set("Content-Type", "application/json")
	n := i.requests.Add(1)
	_, _ = rec.WriteString(`{"access_token":"token-` + strconv.Itoa(int(n)) + `","token_type":"bearer","expires_in":3600,"scope":"ReadAccounts SMS"}`)
	return rec.Result(), nil
}

// process is a source as another process would make it over the same file.
func (i *issuer) process(t *testing.T, file string) *source {
	return JWT(t.Context(), Config{URL: "http://rc.test", ClientID: "id", ClientSecret: "s", Client: &http.Client{Transport: i}, Share: File(file)}, "j").(*source)
}

func TestShareOneToken(t *testing.T) {
	file := filepath.Join(t.TempDir(), "deep", "token.json")
	var i issuer
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			tok, err := i.process(t, file).Token()
			if assert.NoError(t, err) {
				assert.Equal(t, "token-1", tok.AccessToken)
				assert.Len(t, Scopes(tok), 2, "the scopes come along")
			}
		})
	}
	all.Wait()
	assert.EqualValues(t, 1, i.requests.Load())
	info, err := os.Stat(file)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	left, err := os.ReadDir(filepath.Dir(file))
	require.NoError(t, err)
	assert.Len(t, left, 2, "the token and its lock, nothing half-written")
}

func TestShareReplacesARejectedTokenOnce(t *testing.T) {
	file := filepath.Join(t.TempDir(), "token.json")
	synctest.Test(t, func(t *testing.T) {
		var i issuer
		first, second := i.process(t, file), i.process(t, file)
		one, err := first.Token()
		require.NoError(t, err)
		same, err := second.Token()
		require.NoError(t, err)

		assert.False(t, first.Reject(one), "who has just got it would get no better one")
		time.Sleep(2 * time.Minute)
		assert.True(t, second.Reject(same))
		assert.True(t, second.Reject(same), "the call beside it says the same")
		assert.True(t, first.Reject(one))
		for _, s := range []*source{first, second} {
			tok, err := s.Token()
			require.NoError(t, err)
			assert.Equal(t, "token-2", tok.AccessToken)
		}
		assert.True(t, first.Reject(one), "a late answer to the old token: the new one will do")
		assert.EqualValues(t, 2, i.requests.Load())
	})
}

func TestShareReplacesBeforeExpiry(t *testing.T) {
	file := filepath.Join(t.TempDir(), "token.json")
	synctest.Test(t, func(t *testing.T) {
		var i issuer
		_, err := i.process(t, file).Token()
		require.NoError(t, err)
		time.Sleep(time.Hour - margin - time.Second)
		tok, err := i.process(t, file).Token()
		require.NoError(t, err)
		assert.Equal(t, "token-1", tok.AccessToken)
		time.Sleep(2 * time.Second)
		tok, err = i.process(t, file).Token()
		require.NoError(t, err)
		assert.Equal(t, "token-2", tok.AccessToken)
	})
}

func TestShareSurvivesRubbish(t *testing.T) {
	for _, content := range []string{"", "{", `{"sealed":""}`, `[]`, `{"sealed":"AAAA","obtained":"2020-01-01T00:00:00Z","expiry":"2999-01-01T01:00:00Z"}`} {
		file := filepath.Join(t.TempDir(), "token.json")
		require.NoError(t, os.WriteFile(file, []byte(content), 0o600))
		var i issuer
		tok, err := i.process(t, file).Token()
		require.NoError(t, err)
		assert.Equal(t, "token-1", tok.AccessToken, content)
	}
}

func TestShareNeedsAPlace(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	var i issuer
	_, err := i.process(t, filepath.Join(file, "token.json")).Token()
	assert.ErrorContains(t, err, "make "+file+" writable")
	assert.Zero(t, i.requests.Load())
}

func TestRejectInMemory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var i issuer
		s := i.process(t, "")
		s.shared = nil
		tok, err := s.Token()
		require.NoError(t, err)
		time.Sleep(newborn)
		assert.True(t, s.Reject(tok))
		assert.False(t, (&source{}).Reject(&oauth2.Token{AccessToken: "x"}), "never given out")
		again, err := s.Token()
		require.NoError(t, err)
		assert.Equal(t, "token-2", again.AccessToken)
	})
}
