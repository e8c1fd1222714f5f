package rcauth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// roleEnv turns the test binary into another process of a test. Its value is a file and a server: the process shares
// the token in the file, and calls the server until its token is accepted.
const roleEnv = "RCAUTH_TEST_ROLE"

func TestMain(m *testing.M) {
	if file, server, ok := strings.Cut(os.Getenv(roleEnv), "|"); ok {
		if err := sharer(file, server); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// sharer prints the token that the server accepted.
func sharer(file, server string) error {
	_, _ = io.ReadAll(os.Stdin) // all processes begin when the test closes it
	s := JWT(context.Background(), Config{URL: server, ClientID: clientID, ClientSecret: clientSecret, Share: File(file)}, jwt).(*source)
	for range 3 {
		tok, err := s.Token()
		if err != nil {
			return err
		}
		req, err := http.NewRequest(http.MethodGet, server+"/call", nil)
		if err != nil {
			return err
		}
		tok.SetAuthHeader(req)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			return err
		}
		_ = resp.Body.Close()
		if resp.StatusCode == http.StatusOK {
			fmt.Println(tok.AccessToken)
			return nil
		}
		if !s.Reject(tok) {
			return errors.New("another token would not be accepted either")
		}
	}
	return errors.New("no token was accepted")
}

// platform issues token-1, token-2, … and rejects those that have been revoked.
type platform struct {
	*httptest.Server
	issued, refused atomic.Int32
	revoked         atomic.Int32 // number of the last revoked token
}

func newPlatform(t *testing.T) *platform {
	p := new(platform)
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == tokenPath {
			w.Header().Set("Content-Type", "application/json")
			_, _ = fmt.Fprintf(w, `{"access_token":"token-%d","token_type":"bearer","expires_in":3600}`, p.issued.Add(1))
			return
		}
		n, err := strconv.Atoi(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer token-"))
		if err != nil || n <= int(p.revoked.Load()) {
			p.refused.Add(1)
			w.WriteHeader(http.StatusUnauthorized)
		}
	}))
	t.Cleanup(p.Close)
	return p
}

// start runs n processes that share the file at the same time, and returns the token that each was accepted with.
func (p *platform) start(t *testing.T, file string, n int) []string {
	t.Helper()
	var (
		all    sync.WaitGroup
		begin  []io.Closer
		tokens = make([]string, n)
	)
	for i := range n {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
		cmd.Env = append(os.Environ(), roleEnv+"="+file+"|"+p.URL)
		in, err := cmd.StdinPipe()
		require.NoError(t, err)
		begin = append(begin, in)
		all.Go(func() {
			out, err := cmd.Output()
			assert.NoError(t, err, string(out))
			tokens[i] = strings.TrimSpace(string(out))
		})
	}
	for _, in := range begin {
		_ = in.Close()
	}
	all.Wait()
	return tokens
}

func all(token string, n int) (same []string) {
	for range n {
		same = append(same, token)
	}
	return same
}

func TestProcessesShareOneToken(t *testing.T) {
	const processes = 8
	file := filepath.Join(t.TempDir(), "deep", "token.json")
	p := newPlatform(t)
	assert.Equal(t, all("token-1", processes), p.start(t, file, processes), "one of them requests it")
	assert.EqualValues(t, 1, p.issued.Load())
	info, err := os.Stat(file)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	dir, err := os.Stat(filepath.Dir(file))
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o700), dir.Mode().Perm())

	// Revoked: all are rejected, and one requests another.
	p.revoked.Store(1)
	assert.Equal(t, all("token-2", processes), p.start(t, file, processes))
	assert.EqualValues(t, 2, p.issued.Load(), "replaced once, not once per process")
	assert.LessOrEqual(t, p.refused.Load(), int32(processes), "each tried the old one once at most")

	// About to expire: no process uses it.
	refused := p.refused.Load()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.NotContains(t, string(data), "token-2", "it is sealed")
	var c content
	require.NoError(t, json.Unmarshal(data, &c))
	c.Obtained, c.Expiry = c.Obtained.Add(-time.Hour), time.Now().Add(30*time.Second)
	data, err = json.Marshal(c)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(file, data, 0o600))
	p.revoked.Store(2)
	assert.Equal(t, all("token-3", processes), p.start(t, file, processes))
	assert.EqualValues(t, 3, p.issued.Load())
	assert.Equal(t, refused, p.refused.Load())

	left, err := os.ReadDir(filepath.Dir(file))
	require.NoError(t, err)
	assert.Len(t, left, 2, "the token and its lock, nothing half-written")
}

// TestTokenOfAKilledProcess: a process dies during its request, and the next one can request a token.
func TestTokenOfAKilledProcess(t *testing.T) {
	file := filepath.Join(t.TempDir(), "token.json")
	p := newPlatform(t)
	asked := make(chan struct{}, 1)
	hang := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // otherwise the server does not notice that the connection ends
		asked <- struct{}{}
		<-r.Context().Done()
	}))
	defer hang.Close()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), roleEnv+"="+file+"|"+hang.URL)
	require.NoError(t, cmd.Start())
	<-asked
	require.NoError(t, cmd.Process.Kill())
	require.Error(t, cmd.Wait())
	assert.Equal(t, []string{"token-1"}, p.start(t, file, 1))
}
