package redisstore

import (
	"bytes"
	"io"
	"log/slog"
	"net/url"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/redistest"
)

// logged is what a log has written.
type logged struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func logTo(w io.Writer) *slog.Logger { return slog.New(slog.NewTextHandler(w, nil)) }

// TestOutageIsLogged runs itself, since go-redis's logger writes to the standard error of the process. An outage is one
// line in the store's log, its end another, and go-redis prints nothing.
func TestOutageIsLogged(t *testing.T) {
	if os.Getenv("REDISSTORE_TEST_OUTAGE") == "" {
		t.Parallel()
		cmd := exec.Command(os.Args[0], "-test.run=^TestOutageIsLogged$")
		cmd.Env = append(os.Environ(), "REDISSTORE_TEST_OUTAGE=1")
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		require.NoError(t, err, string(out))
		assert.Empty(t, stderr.String())
		return
	}
	var log logged
	server := redistest.Start(t)
	s, err := OpenWithLog(t.Context(), server.URL()+"?quarantine=none", "app", logTo(&log))
	require.NoError(t, err)
	defer s.Close()
	g := s.Gate(few(1))
	pass(t, g, "a")
	c := sessionOn(t, s)
	book(t, c, "a")
	require.NoError(t, s.mail.listen(t.Context(), "channel", func(string) {}))
	time.Sleep(100 * time.Millisecond)
	assert.Empty(t, log.String())
	server.Kill()
	appended := make(chan error, 1)
	go func() { appended <- s.Append(t.Context(), done("a")) }()
	require.Eventually(t, func() bool { return log.String() != "" }, 10*time.Second, time.Millisecond)
	assert.Contains(t, log.String(), "level=WARN msg=\"redisstore: no connection to Redis")
	server.Restart()
	require.NoError(t, <-appended)
	assert.Contains(t, log.String(), "level=INFO msg=\"redisstore: connected to Redis again")
	assert.LessOrEqual(t, bytes.Count([]byte(log.String()), []byte("WARN")), 2)
}

func TestUnverifiedCertificateWarns(t *testing.T) {
	needTLS(t)
	t.Parallel()
	a := newAuthority(t)
	_, addr := a.secure("no")
	var log logged
	s, err := OpenWithLog(t.Context(), "rediss://"+addr+"?skip_verify=true", "app", logTo(&log))
	require.NoError(t, err)
	defer s.Close()
	assert.Contains(t, log.String(), "level=WARN")
	assert.Contains(t, log.String(), "use ?ca=FILE instead")
	assert.Contains(t, s.Path(), "not verified")

	var silence logged
	verified, err := OpenWithLog(t.Context(), "rediss://"+addr+"?ca="+url.QueryEscape(a.file), "app", logTo(&silence))
	require.NoError(t, err)
	defer verified.Close()
	assert.Empty(t, silence.String())
	assert.NotContains(t, verified.Path(), "not verified")
}
