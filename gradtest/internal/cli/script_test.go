package cli

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets scripts run the command, and the programs that set a scene for it, as processes.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"gradtest": func() {
			VetTool(os.Args[1:])
			os.Exit(Main(os.Args[1:], os.Stdout, os.Stderr, os.Getenv))
		},
		"evidence":      func() { os.Exit(evidenceMain(os.Args[1:])) },
		"spoil":         func() { os.Exit(spoilMain(os.Args[1:])) },
		"spoil-file":    func() { os.Exit(spoilFileMain(os.Args[1:])) },
		"rename-origin": func() { os.Exit(renameOriginMain(os.Args[1:])) },
		"sweep":         func() { os.Exit(sweepMain()) },
		"call":          func() { os.Exit(callMain(os.Args[1:])) },
	})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			for _, name := range os.Environ() { // what the developer has set is none of the scripts' business
				if name, _, _ = strings.Cut(name, "="); strings.HasPrefix(name, "GRADTEST_") || strings.HasPrefix(name, "RC_") || strings.HasPrefix(name, "RINGCENTRAL_") {
					e.Setenv(name, "")
				}
			}
			e.Setenv("GORACE", "atexit_sleep_ms=0 "+os.Getenv("GORACE")) // each process would sleep a second at its end
			for name, value := range goEnvironment() {                   // scripts have another home
				e.Setenv(name, value)
			}
			if path, err := exec.LookPath("gradtest"); err == nil {
				e.Setenv("BIN", filepath.Dir(path)) // a PATH with the command alone
			}
			e.Values[serverKey{}] = new(server)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"serve": serveCommand,
			"watch": watchCommand,
			"end":   endCommand,
		},
		Condition: func(cond string) (bool, error) {
			switch cond {
			case "signals":
				return runtime.GOOS != "windows", nil
			case "mounts":
				allowed := exec.Command("unshare", "-m", "true").Run() == nil
				if !allowed {
					t.Log("SKIPPED, NOT TESTED: this user may not mount, so readers are not tried on a read-only mount")
				}
				return allowed, nil
			}
			return false, nil
		},
	})
}

// goEnvironment is what scripts need to run the go command: its caches, and the root of this module as MODULE.
var goEnvironment = sync.OnceValue(func() map[string]string {
	env := map[string]string{}
	names := []string{"GOCACHE", "GOMODCACHE", "GOMOD"}
	out, err := exec.Command("go", append([]string{"env"}, names...)...).Output()
	if values := strings.Split(string(out), "\n"); err == nil && len(values) > len(names) {
		env["GOCACHE"], env["GOMODCACHE"], env["MODULE"] = values[0], values[1], filepath.Dir(values[2])
	}
	return env
})

type serverKey struct{}

// server is a process that a script has started.
type server struct {
	cmd    *exec.Cmd
	stdout *bufio.Reader
	stderr bytes.Buffer
	rest   chan string
}

// serveCommand is "serve program args…": it runs a program that serves, and sets what it exports.
func serveCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: serve program [args...]")
	}
	s := ts.Value(serverKey{}).(*server)
	s.start(ts, args)
	for range 4 {
		line, err := s.stdout.ReadString('\n')
		if err != nil {
			_ = s.cmd.Wait()
			ts.Fatalf("%s ended early: %v\n%s", args[0], err, s.stderr.String())
		}
		name, value, ok := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(line, "export "), "\n"), "=")
		if !ok || !strings.HasPrefix(line, "export RC_") {
			ts.Fatalf("not an export line: %q", line)
		}
		ts.Setenv(name, strings.ReplaceAll(strings.Trim(value, "'"), `'\''`, "'"))
	}
	s.drain()
}

// start starts the program.
func (s *server) start(ts *testscript.TestScript, args []string) {
	path, err := exec.LookPath(args[0])
	ts.Check(err)
	s.cmd = exec.Command(path, args[1:]...)
	s.cmd.Dir, s.cmd.Stderr = ts.MkAbs("."), &s.stderr
	out, err := s.cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(s.cmd.Start())
	ts.Defer(func() { _ = s.cmd.Process.Kill() })
	s.stdout = bufio.NewReader(out)
}

// drain reads what else the program writes.
func (s *server) drain() {
	s.rest = make(chan string, 1)
	go func() {
		var b bytes.Buffer
		_, _ = b.ReadFrom(s.stdout)
		s.rest <- b.String()
	}()
}

// watchCommand is "watch program args…": it runs a program that prints the address of a page, and sets DASHBOARD to it.
func watchCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: watch program [args...]")
	}
	s := ts.Value(serverKey{}).(*server)
	s.start(ts, args)
	line, err := s.stdout.ReadString('\n')
	if err != nil {
		_ = s.cmd.Wait()
		ts.Fatalf("%s ended early: %v\n%s", args[0], err, s.stderr.String())
	}
	ts.Setenv("DASHBOARD", strings.TrimSpace(line))
	s.drain()
}

// endCommand is "end INT|TERM": it ends the program with a signal and expects exit status 0 and nothing more on its
// standard output, and leaves its standard error in the file server.log.
func endCommand(ts *testscript.TestScript, neg bool, args []string) {
	s := ts.Value(serverKey{}).(*server)
	ts.Check(s.cmd.Process.Signal(signals[args[0]]))
	rest := <-s.rest
	if err := s.cmd.Wait(); err != nil {
		ts.Fatalf("after %s: %v\n%s", args[0], err, s.stderr.String())
	}
	if rest != "" {
		ts.Fatalf("unexpected on standard output: %q", rest)
	}
	ts.Check(os.WriteFile(ts.MkAbs("server.log"), s.stderr.Bytes(), 0o600))
	ts.Logf("[server]\n%s", s.stderr.String())
}
