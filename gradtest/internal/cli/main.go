package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
)

// The exit statuses of [Main].
const (
	statusDone     = 0
	statusNotReady = 1
	statusError    = 2
)

// errNotReady ends a command whose verdict is not ready. The verdict has been written, so the error is not printed.
var errNotReady = errors.New("not ready")

// exitStatus ends a command with the status of the program that it ran. The program has said what there is to say, so
// the error is not printed.
type exitStatus int

func (s exitStatus) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

// Main runs the command with args, which do not include the program's name, and returns the exit status: 0 for ready or
// done, 1 for not ready, 2 for an error, or that of the program that it ran. It reads the working directory and,
// through getenv, the environment.
func Main(args []string, stdout, stderr io.Writer, getenv func(string) string) int {
	root := newRoot(getenv)
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.Execute()
	var program exitStatus
	switch {
	case err == nil:
		return statusDone
	case errors.As(err, &program):
		return int(program)
	case errors.Is(err, errNotReady):
		return statusNotReady
	}
	for _, line := range lines(err) {
		fmt.Fprintln(stderr, "gradtest: "+line)
	}
	return statusError
}

func newRoot(getenv func(string) string) *cobra.Command {
	root := &cobra.Command{
		Use:   "gradtest",
		Short: "Graduation tests for apps on the RingCentral platform",
		Long: `Says whether an app on the RingCentral platform is ready to graduate, and what is missing.
Tests in Go declare the app and make its calls, with package gradtest; the command reads
what they have recorded. Before there is a record, it reads the declaration in the tests.

Exit status: 0 ready or done, 1 not ready, 2 error.`,
		Example: `  gradtest init                         # 1. write a test that declares the endpoints that the code calls
  gradtest plan                         # 2. which calls are missing, and how long they take
  go test ./...                         # 3. make them: on an emulator, or with RC_… set in an account
  gradtest status                       # 4. is the app ready, rule by rule
  gradtest calls --failed               # 5. what failed, where in the code, and why
  gradtest scopes                       # 6. which app scopes to add and to remove
  gradtest report -f html -o page.html  # 7. the whole as a web page

  gradtest ops message store            # search the platform's operations
  gradtest explain CMN-401              # what an error code means, and what to do
  gradtest scan                         # the endpoints that the code calls, with file and line
  gradtest vet                          # in CI: where calls and declarations differ
  gradtest dashboard                    # the report as a page that follows the tests
  gradtest bundle                       # evidence and verdict as one file for a reviewer
  gradtest verify evidence.zip          # judge such a file anew
  gradtest record -- npm test           # the calls of a program in any language`,
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true}, // newCompletion is it
	}
	group(root)
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return fmt.Errorf("%s%w: see %s --help", lead(c), inWords(err), c.CommandPath())
	})
	arrange(root,
		newStatus(getenv), newPlan(getenv), newReport(getenv), newCalls(getenv), newScopes(getenv), newOps(), newExplain(),
		newScan(), newInit(getenv), newVet(),
		newRecord(getenv),
		newBundle(getenv), newVerify(),
		newDashboard(getenv),
		newEmulator(getenv), newLedger(getenv),
		newCompletion(), newJSONTopic(),
	)
	complete(root, getenv)
	return root
}

// group makes c a command that only groups others. Alone it prints its help; an unknown word is an error.
func group(c *cobra.Command) {
	c.Args = cobra.ArbitraryArgs
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return c.Help()
		}
		act := "see " + c.CommandPath() + " --help"
		if near := c.SuggestionsFor(args[0]); len(near) > 0 {
			act = "did you mean " + strings.Join(near, " or ") + "? " + act
		}
		return fmt.Errorf("no command %q: %s", args[0], act)
	}
	c.SuggestionsMinimumDistance = 2
	c.DisableFlagsInUseLine = true
}

// plain refuses arguments of subcommands that take only flags.
func plain(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("%sunexpected argument %q: it takes only flags, see %s --help", lead(c), args[0], c.CommandPath())
	}
	return nil
}

// lead returns how errors of the subcommand begin, such as "ledger verify: ".
func lead(c *cobra.Command) string {
	if c == c.Root() {
		return ""
	}
	return strings.TrimPrefix(c.CommandPath(), c.Root().Name()+" ") + ": "
}

// lines splits joined errors into lines.
func lines(err error) []string {
	var out []string
	for l := range strings.SplitSeq(err.Error(), "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, safetext.Clean(l))
		}
	}
	return out
}
