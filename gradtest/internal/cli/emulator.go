package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// emulator is what the flags of the subcommand say.
type emulator struct {
	addr   string
	window time.Duration
	limits string
	scopes []string
	grants []string
	faults []string
	users  []string
	world  string
	config rctest.Config
	quiet  bool
}

func newEmulator() *cobra.Command {
	var e emulator
	c := &cobra.Command{
		Use:   "emulator",
		Short: "Serve an emulator of the platform until interrupted",
		Long: `Serves an emulator of the platform for one app and one user. Standard output gets the
address and the credentials as export statements for a shell, and nothing else;
standard error gets the address of the console's view and one line per request. It
ends with exit status 0 on an interrupt.

The credentials are made up for each run unless flags set them; they are worth
nothing anywhere else.

A world to start from is a file of calls, whose ids later calls can use:

  {"bare": true, "steps": [
    {"op": "createContact", "body": {"firstName": "Ada"}, "as": "ada"},
    {"op": "updateContact", "params": {"contactId": "{ada}"}, "body": {"lastName": "Doe"}}]}

What it was asked, its verdict, faults on demand, its clock and its limits are at
$RC_SERVER_URL/emulator/, for programs in any language; that page lists them.`,
		Example: `  gradtest emulator --window 2s > emulator.env &
  until [ -s emulator.env ]; do sleep 0.1; done
  . ./emulator.env
  go test ./...

  gradtest emulator --limits heavy=3/10s,sms=5 --fail op=listMessages,status=503,p=0.05
  curl -d '{"drop": true, "times": 1}' $RC_SERVER_URL/emulator/v1/faults
  curl -d '{"advance": "1h"}' $RC_SERVER_URL/emulator/v1/time`,
		Args: plain,
		RunE: func(c *cobra.Command, _ []string) error {
			ctx, stop := signal.NotifyContext(c.Context(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			context.AfterFunc(ctx, stop) // a second interrupt ends the program at once
			if err := e.serve(ctx, c.OutOrStdout(), c.ErrOrStderr()); err != nil {
				return fmt.Errorf("emulator: %w", err)
			}
			return nil
		},
	}
	f := c.Flags()
	f.StringVar(&e.addr, "addr", "127.0.0.1:0", "`address` to listen on; port 0 is any free one")
	f.DurationVar(&e.window, "window", time.Minute, "sliding window of the rate limits, in whole seconds")
	f.DurationVar(&e.config.Penalty, "penalty", 0, "time without a request after which a limit that has refused lets pass again (default: the window)")
	f.StringVar(&e.limits, "limits", "on", "on: the platform's rate `limits`; off: none; or those that differ, such as heavy=3,light=100/10s,sms=0, with 0 for unlimited")
	f.StringArrayVar(&e.faults, "fail", nil, "`fault` to begin with, such as op=listMessages,status=503,p=0.05,seed=1; may be repeated")
	f.BoolVar(&e.config.NoControls, "no-controls", false, "serve nothing under /emulator/")
	f.StringVar(&e.config.ClientID, "client-id", "", "client `id` of the app (default: made up)")
	f.StringVar(&e.config.ClientSecret, "client-secret", "", "client `secret` of the app (default: made up)")
	f.BoolVar(&e.config.Public, "public", false, "an app without a secret")
	f.StringSliceVar(&e.grants, "grants", nil, "`grants` switched on for the app, of jwt, code, refresh and password (default: all)")
	f.BoolVar(&e.config.Consent, "consent", false, "ask on a page at the authorize address; otherwise the user agrees at once")
	f.StringArrayVar(&e.config.RedirectURIs, "redirect-uri", nil, "redirect `address` registered for the app; may be repeated (default: every absolute one)")
	f.StringVar(&e.config.JWT, "jwt", "", "the user's `JWT` credential (default: made up)")
	f.StringSliceVar(&e.scopes, "scopes", nil, "app `scopes` that the app holds, joined by commas (default: all)")
	f.StringVar(&e.world, "world", "", "`file` with the starting world in JSON (default: a small company)")
	f.Uint64Var(&e.config.Seed, "seed", 0, "`number` that everything made up depends on")
	f.StringArrayVar(&e.users, "user", nil, "`name` of a further user who can log in; may be repeated. Their credentials are at /emulator/v1/users")
	f.BoolVar(&e.quiet, "quiet", false, "do not log requests")
	return c
}

// serve serves until ctx ends.
func (e *emulator) serve(ctx context.Context, stdout, stderr io.Writer) error {
	h, err := e.handler()
	if err != nil {
		return err
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", e.addr)
	if err != nil {
		return fmt.Errorf("%w: choose another address with --addr, such as 127.0.0.1:0 for any free port", err)
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: time.Minute}
	if !e.quiet {
		fmt.Fprintf(stderr, "console: %s%s\n", address(l.Addr()), rctest.ConsolePath)
		server.Handler = newRequestLog(stderr, h)
	}
	if err := writeExports(stdout, address(l.Addr()), h.Credentials()); err != nil {
		return errors.Join(fmt.Errorf("write the credentials: %w", err), l.Close())
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if server.Shutdown(grace) != nil { // a client does not let go
		_ = server.Close()
	}
	return nil
}

// address is the base URL of a listener. One on all interfaces is reached by loopback.
func address(a net.Addr) string {
	if tcp, ok := a.(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		return fmt.Sprintf("http://127.0.0.1:%d", tcp.Port)
	}
	return "http://" + a.String()
}

// writeExports writes what an app needs, in one write, so that a reader that sees the first line can have the last.
func writeExports(w io.Writer, url string, c rctest.Credentials) error {
	var b strings.Builder
	for _, v := range [][2]string{
		{"RC_SERVER_URL", url}, {"RC_APP_CLIENT_ID", c.ClientID}, {"RC_APP_CLIENT_SECRET", c.ClientSecret}, {"RC_USER_JWT", c.JWT},
	} {
		fmt.Fprintf(&b, "export %s=%s\n", v[0], quoted(v[1]))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// quoted is a value as a shell reads it back, without quotes where it needs none.
func quoted(s string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_.:/~+", r)
	}
	if s != "" && strings.IndexFunc(s, func(r rune) bool { return !plain(r) }) < 0 && s[0] != '~' {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
