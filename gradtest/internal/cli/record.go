package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/graduationkit/ringcentral/gradtest/internal/environ"
	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/recorder"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// recording holds the flags of the subcommand.
type recording struct {
	config recorder.Config
	json   bool
}

func newRecord(getenv func(string) string) *cobra.Command {
	r := recording{config: recorder.Config{Getenv: getenv}}
	c := &cobra.Command{
		Use:   "record [flags] -- PROGRAM [ARGUMENTS]",
		Short: "Run a program in any language and record its calls of the platform",
		Long: `Runs a program with RC_SERVER_URL set to a recorder in front of the platform, and records
each call as evidence. The program needs no library; it has to read the platform's address
from RC_SERVER_URL, or RINGCENTRAL_SERVER_URL. Requests and answers pass unchanged, of any
length, also compressed, streamed and over WebSocket. Tokens and contents are not recorded.

The calls go to the server that RC_SERVER_URL names, or else to an emulator, with its
credentials in the program's environment, so that no account is needed. Calls of an
emulator are kept only with --dir, and count for no real app.

With --pace each call waits until the rate limits allow it. Without, nothing is delayed,
and the end says where the program broke the limits.

With --proxy, programs with a fixed address can be recorded: HTTPS_PROXY names the
recorder, which opens the connections to RingCentral's hosts and no others. Its
certificate, made for this run, is in SSL_CERT_FILE, REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE and
NODE_EXTRA_CA_CERTS.

The summary is written to standard error when the program has ended. With --json it is
written to standard output, and the program's output to standard error. Signals are passed
to the program. The exit status is the program's, or 2 if calls could not be recorded.`,
		Example: `  gradtest record -- npm test
  gradtest record --pace -- python3 sync.py
  gradtest record --proxy --emulator -- ./closed-source-client
  gradtest record --json -- ./app | jq -r '.operations[].operation'`,
		Args: program("npm test"),
		RunE: func(c *cobra.Command, args []string) error {
			if err := r.run(c, args); err != nil {
				return recordError(err)
			}
			return nil
		},
	}
	f := c.Flags()
	f.BoolVar(&r.config.Pace, "pace", false, "hold the calls inside the rate limits")
	f.BoolVar(&r.config.Proxy, "proxy", false, "be a proxy too, for programs whose address of the platform is fixed")
	f.BoolVar(&r.config.Emulator, "emulator", false, "record on an emulator, even if an account is configured")
	f.StringVar(&r.config.Upstream, "upstream", "", "base `URL` of the platform (default: RC_SERVER_URL, or an emulator)")
	f.StringVar(&r.config.ClientID, "client-id", "",
		"client `id` of the app, whose evidence it is (default: RC_APP_CLIENT_ID)")
	f.DurationVar(&r.config.Window, "window", 0,
		"sliding window of the emulator's rate limits, in whole seconds (default 1m)")
	f.StringVar(&r.config.Dir, "dir", "", dirUsage)
	f.BoolVar(&r.json, "json", false, "write JSON to standard output")
	return c
}

// program refuses arguments before "--", and the lack of a program after it.
func program(example string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if err := afterDash(c, args); err != nil {
			return err
		}
		if len(args) == 0 {
			return fmt.Errorf("%sno program to run: add it after --, as in %s -- %s", lead(c), c.CommandPath(), example)
		}
		return nil
	}
}

func recordError(err error) error {
	if _, ok := errors.AsType[exitStatus](err); ok {
		return err
	}
	return errors.New("record: " + strings.ReplaceAll(err.Error(), "recorder: ", ""))
}

func (r *recording) run(c *cobra.Command, args []string) error {
	stdout, stderr := c.OutOrStdout(), c.ErrOrStderr()
	p := recorder.Program{Args: args, Stdin: c.InOrStdin(), Stdout: stdout, Stderr: stderr}
	if r.json {
		p.Stdout = stderr
	}
	say := func(sentence string) { fmt.Fprintln(stderr, "gradtest: record: "+safetext.Clean(sentence)) }
	r.config.Notice, r.config.Waiting = say, func(o window.Outlook) { say(waitText(o, time.Now())) }
	if r.config.Dir == "" && r.config.Getenv(environ.Redis) != "" {
		root := shared{r.config.Getenv(environ.Redis)}
		r.config.Open = func(name string) (ledger.Store, error) { return root.open(context.WithoutCancel(c.Context()), name) }
	}
	s, status, err := recorder.Run(r.config, p)
	if s.Upstream == "" { // it did not start
		return err
	}
	if err2 := r.write(stdout, stderr, s); err2 != nil {
		err = errors.Join(err, err2)
	}
	switch {
	case err != nil && status != 0:
		say(strings.ReplaceAll(err.Error(), "recorder: ", ""))
		return exitStatus(status)
	case err == nil && status != 0:
		return exitStatus(status)
	}
	return err
}

func (r *recording) write(stdout, stderr io.Writer, s recorder.Summary) error {
	if !r.json {
		return recordText(stderr, s)
	}
	return writeJSON(stdout, recorded{recordSchema, s})
}

// waitText says why a call waits.
func waitText(o window.Outlook, now time.Time) string {
	reason, group := map[window.Reason]string{
		window.Full:        "window full",
		window.Unconfirmed: "its first call has no response yet",
		window.Penalty:     "the server refuses it for exceeding its rate limit",
		window.Closed:      "the server refuses all calls for exceeding a rate limit",
	}[o.Reason], o.Group
	if o.Soonest.After(now) {
		wait := span(o.Soonest.Sub(now).Round(time.Second).Seconds())
		return fmt.Sprintf("a call waits at least %s for its slot: %s %s", wait, group, reason)
	}
	return fmt.Sprintf("a call waits for its slot: %s %s", group, reason)
}
