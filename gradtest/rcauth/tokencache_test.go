package rcauth

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"github.com/graduationkit/ringcentral/gradtest/internal/filelock"
)

// issuer issues token-1, token-2, … and counts the requests.
type issuer struct{ requests atomic.Int32 }

func (i *issuer) RoundTrip(req *http.Request) (*http.Response, error) {
	rec := httptest.NewRecorder()
	rec.Header().Set("Content-Type", "application/json")
	n := i.requests.Add(1)
	_, _ = rec.WriteString(`{"access_token":"token-` + strconv.Itoa(int(n)) + `","token_type":"bearer","expires_in":3600,"scope":"ReadAccounts SMS"}`)
	return rec.Result(), nil
}

// process returns the source of another process that shares the file.
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
				assert.Len(t, Scopes(tok), 2, "the scopes are cached too")
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

		assert.False(t, first.Reject(one), "it was obtained just now, and another would not help")
		time.Sleep(2 * time.Minute)
		assert.True(t, second.Reject(same))
		assert.True(t, second.Reject(same), "so does a concurrent call")
		assert.True(t, first.Reject(one))
		for _, s := range []*source{first, second} {
			tok, err := s.Token()
			require.NoError(t, err)
			assert.Equal(t, "token-2", tok.AccessToken)
		}
		assert.True(t, first.Reject(one), "a late answer to a call with the old token: the new one may be accepted")
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

func TestShareNeedsADirectory(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	var i issuer
	_, err := i.process(t, filepath.Join(file, "token.json")).Token()
	assert.ErrorContains(t, err, "make "+file+" writable")
	assert.Zero(t, i.requests.Load())
}

func TestShareClosesItsDirectory(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no permission bits on Windows")
	}
	dir := t.TempDir()
	var i issuer
	file := filepath.Join(dir, "token")
	for range 2 {
		require.NoError(t, os.Chmod(dir, 0o777))
		_, err := i.process(t, file).Token()
		require.NoError(t, err)
		info, err := os.Stat(dir)
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(0o700), info.Mode().Perm(), "others could replace the token")
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "main.go"), nil, 0o600))
	_, err := i.process(t, file).Token()
	require.NoError(t, err)
	require.NoError(t, os.Chmod(dir, 0o777))
	_, err = i.process(t, file).Token()
	require.ErrorContains(t, err, "rcauth: cannot share the token between processes in "+dir+": other users can change it, and gradtest cannot close it to them "+
		"(others may need what else is in it: main.go): use another directory, or run chmod go-w "+dir)
	assert.Equal(t, int32(1), i.requests.Load())
}

func TestRejectInMemory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var i issuer
		s := i.process(t, "")
		s.shared = nil
		tok, err := s.Token()
		require.NoError(t, err)
		time.Sleep(newTokenAge)
		assert.True(t, s.Reject(tok))
		assert.False(t, (&source{}).Reject(&oauth2.Token{AccessToken: "x"}), "never issued")
		again, err := s.Token()
		require.NoError(t, err)
		assert.Equal(t, "token-2", again.AccessToken)
	})
}

// memoryCache is a cache in memory.
type memoryCache struct {
	mu    sync.Mutex
	kept  []byte
	until time.Time
}

func (d *memoryCache) Fetch(ctx context.Context, good func([]byte, time.Duration) bool, ask func(context.Context) ([]byte, time.Duration, error)) ([]byte, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.kept != nil && good(d.kept, time.Until(d.until)) {
		return d.kept, nil
	}
	kept, life, err := ask(ctx)
	if err == nil {
		d.kept, d.until = kept, time.Now().Add(life)
	}
	return kept, err
}

// TestCachedTokensAreSealed: the content of a cache is useless without the credentials.
func TestCachedTokensAreSealed(t *testing.T) {
	var d memoryCache
	var i issuer
	source := func(secret, jwt string) oauth2.TokenSource {
		return JWT(t.Context(), Config{URL: "http://rc.test", ClientID: "id", ClientSecret: secret, Client: &http.Client{Transport: &i}, Share: &d}, jwt)
	}
	for _, tc := range []struct{ secret, jwt, want string }{
		{"secret", "jwt", "token-1"},
		{"secret", "jwt", "token-1"},
		{"secret", "another user", "token-2"},
		{"another app", "another user", "token-3"},
		{"secretj", "wt", "token-4"},
		{"", "jwt", "token-5"},
		{"", "jwt", "token-5"},
	} {
		tok, err := source(tc.secret, tc.jwt).Token()
		require.NoError(t, err)
		assert.Equal(t, tc.want, tok.AccessToken)
		assert.NotContains(t, string(d.kept), "token-")
		assert.NotContains(t, string(d.kept), "ReadAccounts")
	}
	for n := range d.kept { // a changed bit makes it unreadable
		spoiled := bytes.Clone(d.kept)
		spoiled[n] ^= 1
		_, ok := newSharedToken(&d, "", "jwt").open(spoiled)
		require.False(t, ok)
	}
}

// TestBrokenTokenCache: the cache returns a token that is not usable.
func TestBrokenTokenCache(t *testing.T) {
	_, err := JWT(t.Context(), Config{Share: brokenCache{}}, "j").Token()
	assert.ErrorContains(t, err, "fix Config.Share")
}

type brokenCache struct{}

func (brokenCache) Fetch(context.Context, func([]byte, time.Duration) bool, func(context.Context) ([]byte, time.Duration, error)) ([]byte, error) {
	return []byte("x"), nil
}

// TestUncachedTokenIsNotRequestedAgainAtOnce: each request takes a session and a slot, also on a full disk.
func TestUncachedTokenIsNotRequestedAgainAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var i issuer
		s := JWT(t.Context(), Config{URL: "http://rc.test", ClientID: "id", ClientSecret: "s", Client: &http.Client{Transport: &i}, Share: fullCache{}}, "j")
		for range 20 {
			_, err := s.Token()
			require.ErrorIs(t, err, syscall.ENOSPC)
			assert.NotContains(t, err.Error(), "token-")
		}
		assert.EqualValues(t, 1, i.requests.Load())
		time.Sleep(uncachedPause)
		_, err := s.Token()
		require.ErrorIs(t, err, syscall.ENOSPC)
		assert.EqualValues(t, 2, i.requests.Load())
	})
}

// fullCache is a cache on a full disk.
type fullCache struct{}

func (fullCache) Fetch(ctx context.Context, _ func([]byte, time.Duration) bool, ask func(context.Context) ([]byte, time.Duration, error)) ([]byte, error) {
	kept, _, err := ask(ctx)
	return kept, errors.Join(err, syscall.ENOSPC)
}

// TestWaitingForTheFileEndsWithItsContext: the error does not blame the file.
func TestWaitingForTheFileEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "token.json")
		holder := filelock.New(path + ".lock")
		require.NoError(t, holder.Lock(t.Context()))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := File(path).Fetch(ctx, nil, nil)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.NotContains(t, err.Error(), "writable")
		require.NoError(t, holder.Unlock())
	})
}
