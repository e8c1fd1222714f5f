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

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// emulator is what the flags of the subcommand say.
type emulator struct {
	addr   string
	window time.Duration
	limits string
	scopes []string
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
standard error gets one line per request. It ends with exit status 0 on an interrupt.

The credentials are made up for each run unless flags set them; they are worth
nothing anywhere else.`,
		Example: `  gradtest emulator --window 2s > emulator.env &
  until [ -s emulator.env ]; do sleep 0.1; done
  . ./emulator.env
  go test ./...`,
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
	f.DurationVar(&e.window, "window", time.Minute, "sliding window of the rate limits, and the penalty, in whole seconds")
	f.StringVar(&e.limits, "limits", "on", "on: the platform's rate limits; off: none")
	f.StringVar(&e.config.ClientID, "client-id", "", "client `id` of the app (default: made up)")
	f.StringVar(&e.config.ClientSecret, "client-secret", "", "client `secret` of the app (default: made up)")
	f.StringVar(&e.config.JWT, "jwt", "", "the user's `JWT` credential (default: made up)")
	f.StringSliceVar(&e.scopes, "scopes", nil, "app `scopes` that the app holds, joined by commas (default: all)")
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

func (e *emulator) handler() (*rctest.Handler, error) {
	cfg := e.config
	cfg.Window = e.window
	if e.window == 0 {
		return nil, errors.New("--window 0s is no window: use 1s or more, or --limits off")
	}
	switch e.limits {
	case "on":
	case "off":
		cfg.Limits = rctest.Unlimited()
	default:
		return nil, fmt.Errorf("--limits %q: use on or off", e.limits)
	}
	var faults []error
	for _, s := range e.scopes {
		scope := rcapi.Scope(strings.TrimSpace(s))
		if !scope.Known() {
			act := "see gradtest ops for those of all operations"
			if near := like(string(scope), rcapi.Scopes()); len(near) > 0 {
				act = "did you mean " + strings.Join(near, " or ") + "?"
			}
			faults = append(faults, fmt.Errorf("--scopes: no app scope is named %q: %s", scope, act))
			continue
		}
		cfg.Scopes = append(cfg.Scopes, scope)
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return rctest.NewHandler(cfg)
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
