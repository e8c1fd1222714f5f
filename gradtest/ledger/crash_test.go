package ledger

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

var kills = flag.Int("kills", 26, "how many writers TestCrash kills; .ci/run kills 200, which takes half a minute")

// roleEnv is the environment variable that makes the test binary another process of a test.
const roleEnv = "LEDGER_TEST_ROLE"

func TestMain(m *testing.M) {
	switch role := os.Getenv(roleEnv); {
	case strings.HasPrefix(role, "writer:"):
		writer(strings.TrimPrefix(role, "writer:"))
	case strings.HasPrefix(role, "caller:"):
		caller(strings.TrimPrefix(role, "caller:"))
	default:
		os.Exit(m.Run())
	}
}

// another starts the test binary as another process on the ledger in dir.
func another(t *testing.T, role, dir string, env ...string) (*exec.Cmd, io.ReadCloser) {
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
	cmd.Env = append(append(os.Environ(), roleEnv+"="+role+":"+dir), env...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	return cmd, out
}

// halting is a disk that writes lines in pieces, so that a kill often interrupts one.
type halting struct{ osDisk }

func (halting) OpenFile(name string, flag int) (file, error) {
	f, err := osDisk{}.OpenFile(name, flag)
	return haltingFile{f}, err
}

type haltingFile struct{ file }

func (f haltingFile) WriteAt(p []byte, off int64) (n int, err error) {
	for n < len(p) && err == nil {
		var m int
		m, err = f.file.WriteAt(p[n:min(n+16, len(p))], off+int64(n))
		n += m
	}
	return n, err
}

// writer reserves slots and records calls from several goroutines until it is killed. It prints each id after its
// Append has returned.
func writer(dir string) {
	d, err := openOn(dir, halting{})
	fatal(err)
	g := d.Gate(map[string]window.Limit{"g": {Calls: 100_000, Per: time.Hour}})
	ctx := context.Background()
	for w := range 4 {
		go func() {
			for i := 0; ; i++ {
				c := window.Call{ID: fmt.Sprintf("%d-%d-%d", os.Getpid(), w, i), Groups: []string{"g"}, Timeout: time.Hour}
				fatal(g.Admit(ctx, c))
				fmt.Printf("admitted %s\n", c.ID)
				r := done(c.ID, time.Now().UTC())
				r.Groups, r.Signal = c.Groups, window.Signal{}
				fatal(d.Append(ctx, r))
				fmt.Printf("done %s\n", c.ID)
				fatal(g.Settle(ctx, c, window.Answer{At: r.At}))
			}
		}()
	}
	select {}
}

// TestCrash kills writers, two at a time on one directory, and compares the ledger with what they printed.
func TestCrash(t *testing.T) {
	dir := t.TempDir()
	admitted, acknowledged := make(map[string]bool), make(map[string]bool)
	killed := 0
	for ; killed < *kills; killed += 2 {
		type life struct {
			cmd *exec.Cmd
			out io.ReadCloser
		}
		var lives []life
		for range 2 {
			cmd, out := another(t, "writer", dir)
			lives = append(lives, life{cmd, out})
		}
		said := make(chan string, 1024)
		for _, l := range lives {
			go func() {
				in := bufio.NewScanner(l.out)
				// A number of acknowledgements says when to kill, not a time: the machine may be busy.
				for n := 10 + rand.IntN(200); in.Scan(); n-- {
					if n == 0 {
						_ = l.cmd.Process.Kill()
					}
					said <- in.Text()
				}
				said <- ""
			}()
		}
		for ended := 0; ended < len(lives); {
			what, id, ok := strings.Cut(<-said, " ")
			switch {
			case !ok && what == "":
				ended++
			case what == "admitted" && strings.Count(id, "-") == 2:
				admitted[id] = true
			case what == "done" && strings.Count(id, "-") == 2:
				acknowledged[id] = true
			}
		}
		for _, l := range lives {
			require.Error(t, l.cmd.Wait(), "it ends by being killed")
		}
	}

	d := open(t, dir)
	found, reserved, torn := make(map[string]int), make(map[string]int), 0
	for r, err := range d.Records(t.Context(), time.Time{}) {
		_, isTorn := errors.AsType[*TornError](err)
		switch {
		case isTorn:
			torn++
		case err != nil:
			require.NoError(t, err)
		case r.Kind == Done:
			found[r.ID]++
		case r.Kind == Reserved:
			reserved[r.ID]++
		}
	}
	rep, err := d.Verify(t.Context())
	require.NoError(t, err)
	require.NoError(t, rep.Err(), "no kill breaks the chain")
	require.Equal(t, rep.Records, rep.Chained)
	require.NotEmpty(t, acknowledged)
	for id := range acknowledged {
		require.Equal(t, 1, found[id], "call %s was acknowledged", id)
	}
	for id, n := range found {
		require.Equal(t, 1, n, "call %s is recorded more than once", id)
	}
	for id := range admitted {
		require.Equal(t, 1, reserved[id], "the slot of %s was acknowledged", id)
	}
	// The slots of killed processes stay taken: a limit equal to the number of admitted calls is used up.
	limit := map[string]window.Limit{"g": {Calls: len(reserved), Per: time.Hour}}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	err = d.Gate(limit).Admit(ctx, window.Call{ID: "more", Groups: []string{"g"}})
	_, full := errors.AsType[*window.WaitError](err)
	assert.True(t, full, "%v", err)
	limit["g"] = window.Limit{Calls: len(reserved) + 1, Per: time.Hour}
	assert.NoError(t, d.Gate(limit).Admit(t.Context(), window.Call{ID: "fits", Groups: []string{"g"}}))
	t.Logf("%d writers killed: %d calls acknowledged, %d found, %d slots reserved, %d torn lines",
		killed, len(acknowledged), len(found), len(reserved), torn)
}
