// Package redistest starts real Redis servers for tests.
package redistest

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// Server is a redis-server for one test, on a free loopback port. [Start] returns one.
type Server struct {
	Addr string

	tb   testing.TB
	args []string
	cmd  *exec.Cmd
}

// Start starts a server, which ends with the test. args are arguments of redis-server; without any it saves nothing to
// disk. If redis-server is not installed, the test is skipped, or fails if CI=true.
func Start(tb testing.TB, args ...string) *Server {
	tb.Helper()
	if _, err := exec.LookPath("redis-server"); err != nil {
		const text = "NOT TESTED: redis-server is not installed: apt-get install redis-server"
		if os.Getenv("CI") == "true" {
			tb.Fatal(text)
		}
		tb.Skip(text)
	}
	s := &Server{tb: tb}
	dir := tb.TempDir()
	for try := 1; ; try++ {
		port := freePort(tb)
		s.Addr = net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
		s.args = append([]string{"--port", strconv.Itoa(port), "--bind", "127.0.0.1",
			"--dir", dir, "--logfile", filepath.Join(dir, "log"),
			"--save", "", "--appendonly", "no", "--daemonize", "no"}, args...)
		err := s.run()
		if err == nil {
			break
		}
		if try == 3 { // another process may have taken the port
			tb.Fatal(err)
		}
	}
	tb.Cleanup(s.Kill)
	return s
}

// URL returns the URL of the server, for GRADTEST_REDIS.
func (s *Server) URL() string { return "redis://" + s.Addr + "/0" }

// Client returns a client of the server. It is closed at the end of the test.
func (s *Server) Client() *redis.Client {
	c := redis.NewClient(&redis.Options{Addr: s.Addr})
	s.tb.Cleanup(func() { _ = c.Close() })
	return c
}

// Kill kills the server, like a crash. Killing it twice is harmless.
func (s *Server) Kill() {
	if s.cmd == nil {
		return
	}
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
	s.cmd = nil
}

// Restart starts the server again on the same port, after Kill.
func (s *Server) Restart() {
	s.tb.Helper()
	if err := s.run(); err != nil {
		s.tb.Fatal(err)
	}
}

// run starts the server and waits until it answers.
func (s *Server) run() error {
	cmd := exec.Command("redis-server", s.args...)
	if err := cmd.Start(); err != nil {
		return err
	}
	s.cmd = cmd
	c := redis.NewClient(&redis.Options{Addr: s.Addr, MaxRetries: -1})
	defer c.Close()
	var err error
	for range 500 {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		err = c.Ping(ctx).Err()
		cancel()
		if err == nil || strings.HasPrefix(err.Error(), "NOAUTH") {
			return nil
		}
		time.Sleep(10 * time.Millisecond)
	}
	s.Kill()
	return fmt.Errorf("redistest: redis-server at %s does not answer: %w", s.Addr, err)
}

func freePort(tb testing.TB) int {
	tb.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}
