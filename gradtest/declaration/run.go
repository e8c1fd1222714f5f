package declaration

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/environ"
)

// compile builds the test binary of the package.
func (c candidate) compile(ctx context.Context, command, binary string) error {
	cmd := exec.CommandContext(ctx, command, "test", "-c", "-o", binary, ".")
	cmd.Dir = c.dir
	out, err := cmd.CombinedOutput()
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case err != nil:
		return fmt.Errorf("the tests of %s do not compile: %s: see go vet %s",
			c.pkg, cmp.Or(reason(out), err.Error()), c.pkg)
	}
	return nil
}

// run runs the tests that open a session. With GRADTEST_DECLARE they open none. What they do besides gets no
// credentials and a proxy that leads nowhere.
func (c candidate) run(ctx context.Context, binary, handover string, limit time.Duration) error {
	limit = cmp.Or(limit, time.Minute)
	ctx, cancel := context.WithTimeoutCause(ctx, limit+5*time.Second, errHangs)
	defer cancel()
	pattern := "^(" + strings.Join(c.tests, "|") + ")$"
	cmd := exec.CommandContext(ctx, binary, "-test.run="+pattern, "-test.count=1", "-test.timeout="+limit.String())
	cmd.Dir, cmd.Env = c.dir, append(harmless(os.Environ()), environ.Declare+"="+handover, "PWD="+c.dir)
	cmd.WaitDelay = time.Second
	out, err := cmd.CombinedOutput()
	tests := strings.Join(c.tests, ", ")
	switch {
	case errors.Is(context.Cause(ctx), errHangs), bytes.Contains(out, []byte("panic: test timed out after")):
		return fmt.Errorf("%s of %s did not reach gradtest.Run or gradtest.Start within %v: "+
			"move the call to the beginning of the test", tests, c.pkg, limit)
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case err != nil:
		return fmt.Errorf("%s of %s failed before gradtest.Run or gradtest.Start: %s: see go test -run '%s' %s",
			tests, c.pkg, cmp.Or(reason(out), err.Error()), pattern, c.pkg)
	}
	return fmt.Errorf("%s of %s ended without gradtest.Run or gradtest.Start, perhaps skipped: "+
		"see go test -v -run '%s' %s", tests, c.pkg, pattern, c.pkg)
}

// errHangs is the cause of the end of tests that did not even end at their own time limit.
var errHangs = errors.New("the tests hang")

// proxies are the variables by which net/http and most programs find a proxy.
var proxies = []string{"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"}

// harmless returns an environment without credentials and without gradtest's settings, in which requests to other hosts
// go to a port that nothing listens on.
func harmless(env []string) []string {
	env = slices.DeleteFunc(slices.Clone(env), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return strings.HasPrefix(name, "GRADTEST_") || slices.Contains(environ.CredentialNames(), name) ||
			slices.Contains(proxies, strings.ToUpper(name)) || name == "PWD"
	})
	for _, name := range proxies[:3] {
		env = append(env, name+"=http://127.0.0.1:1")
	}
	return env
}

// reason returns the line of a program's output that most likely says what went wrong; empty if there is none.
func reason(out []byte) string {
	var first string
	for line := range strings.Lines(string(out)) {
		line, _, _ = strings.Cut(strings.TrimSpace(line), "; to add it:")
		switch {
		case line == "", strings.HasPrefix(line, "#"), strings.HasPrefix(line, "---"), strings.HasPrefix(line, "==="),
			strings.HasPrefix(line, "FAIL"), line == "PASS":
			continue
		case strings.HasPrefix(line, "panic:"):
			return line
		case first == "":
			first = line
		}
	}
	return first
}
