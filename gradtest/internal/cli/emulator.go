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

	"github.com/graduationkit/ringcentral/gradtest/internal/environ"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// emulator holds the flags of the subcommand.
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
	json   bool

	credentials string // file
	inherit     bool   // the credentials of the environment
	getenv      func(string) string
}

func newEmulator(getenv func(string) string) *cobra.Command {
	e := emulator{getenv: getenv}
	c := &cobra.Command{
		Use:   "emulator [flags] [-- PROGRAM [ARGUMENTS]]",
		Short: "Run a program on an emulator of the platform, or serve one until interrupted",
		Long: `Serves an emulator of the platform for one app and one user.

With a program after --, it runs the program with the address and the credentials in the
environment (RC_SERVER_URL, RC_APP_CLIENT_ID, RC_APP_CLIENT_SECRET, RC_USER_JWT), ends
with it, and passes its signals and exit status through. Variables with other credentials
are removed from the program's environment. Requests are logged with --quiet=false.

Without a program it serves until interrupted, with exit status 0. Standard output receives
the address and the credentials as export statements for a shell, or with --json as one
document, and nothing else. Standard error receives the address of the console and one line
per request.

The credentials are generated for each run unless flags set them. They are worth nothing
anywhere else. A file (--credentials) or the environment (--credentials-from-env) keeps
them out of the process list. Requests are served that are addressed to localhost, to the
emulator's own address or to a name of --host.

The initial account data can come from a file of calls. Later calls can use the ids that
earlier ones returned:

  {"bare": true, "steps": [
    {"op": "createContact", "body": {"firstName": "Ada"}, "as": "ada"},
    {"op": "patchContact", "params": {"contactId": "{ada}"}, "body": {"lastName": "Doe"}}]}

Programs in any language can read the request log and the verdict, inject faults, and set
the clock and the limits at $RC_SERVER_URL/emulator/; that page lists the endpoints.`,
		Example: `  gradtest emulator --window 2s -- go test ./...

  gradtest emulator --addr 127.0.0.1:8080 > emulator.env    # in one terminal
  . ./emulator.env && node app.mjs                          # in another

  gradtest emulator --limits heavy=3/10s,sms=5 --fail op=listMessages,status=503,p=0.05
  curl -d '{"drop": true, "times": 1}' $RC_SERVER_URL/emulator/v1/faults
  curl -d '{"advance": "1h"}' $RC_SERVER_URL/emulator/v1/time`,
		Args: afterDash,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				if e.json {
					return errors.New("emulator: --json is for an emulator without a program: leave out one of them")
				}
				if !c.Flags().Changed("quiet") {
					e.quiet = true // the program's output is what the user wants to see
				}
				return e.run(c, args)
			}
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
	f.DurationVar(&e.config.Penalty, "penalty", 0,
		"time without requests after which a limit that was exceeded admits calls again (default: the window)")
	f.StringVar(&e.limits, "limits", "on",
		"rate `limits`: on (the platform's), off, or a list of changes such as heavy=3,light=100/10s,sms=0 (0: unlimited)")
	f.StringArrayVar(&e.faults, "fail", nil,
		"`fault` to inject, such as op=listMessages,status=503,p=0.05,seed=1; may be repeated")
	f.BoolVar(&e.config.NoControls, "no-controls", false, "serve nothing under /emulator/")
	f.StringSliceVar(&e.config.Hosts, "host", nil, "`name` by which clients address the emulator besides localhost and "+
		"its own address, such as that of its container; may be repeated")
	f.StringVar(&e.config.ClientID, "client-id", "", "client `id` of the app (default: generated)")
	f.StringVar(&e.credentials, "credentials", "",
		"`file` with the app's credentials, in the form in which the emulator prints them (export RC_APP_CLIENT_ID=…)")
	f.BoolVar(&e.inherit, "credentials-from-env", false,
		"take the app's credentials from RC_APP_CLIENT_ID, RC_APP_CLIENT_SECRET and RC_USER_JWT")
	f.StringVar(&e.config.ClientSecret, "client-secret", "",
		"client `secret` of the app; other users of the machine see it in the process list, see --credentials "+
			"(default: generated)")
	f.BoolVar(&e.config.Public, "public", false, "register a public app, which has no secret")
	f.StringSliceVar(&e.grants, "grants", nil,
		"`grants` that the app may use: jwt, code, refresh, password (default: all)")
	f.BoolVar(&e.config.Consent, "consent", false,
		"show a consent page at the authorize address (default: the user agrees at once)")
	f.StringArrayVar(&e.config.RedirectURIs, "redirect-uri", nil,
		"redirect `address` registered for the app; may be repeated (default: any absolute address)")
	f.StringVar(&e.config.JWT, "jwt", "", "the user's `JWT` credential; visible like --client-secret (default: generated)")
	f.StringSliceVar(&e.scopes, "scopes", nil, "app `scopes` of the app, separated by commas (default: all)")
	f.StringVar(&e.world, "world", "", "JSON `file` with the initial account data (default: a small company)")
	f.Uint64Var(&e.config.Seed, "seed", 0, "`number` from which all generated data is derived")
	f.StringArrayVar(&e.users, "user", nil,
		"`name` of another user who can log in; may be repeated. Credentials are listed at /emulator/v1/users")
	f.BoolVar(&e.quiet, "quiet", false, "do not log requests")
	f.BoolVar(&e.json, "json", false, "write the address and the credentials as JSON; only without a program")
	return c
}

// serve serves until ctx ends.
func (e *emulator) serve(ctx context.Context, stdout, stderr io.Writer) error {
	h, err := e.handler()
	if err != nil {
		return err
	}
	l, err := listenOn(ctx, e.addr)
	if err != nil {
		return err
	}
	server := e.server(h, l, stderr)
	write := writeExports
	if e.json {
		write = writeServed
	}
	if err := write(stdout, address(l.Addr()), h.Credentials()); err != nil {
		return errors.Join(fmt.Errorf("write the credentials: %w", err), l.Close())
	}
	return serveUntil(ctx, server, l)
}

// server returns the server for a listener. Unless it is to be quiet, it writes the address of the console and a line
// for each request to stderr.
func (e *emulator) server(h *rctest.Handler, l net.Listener, stderr io.Writer) *http.Server {
	server := &http.Server{Handler: h, ReadHeaderTimeout: time.Minute}
	if !e.quiet {
		fmt.Fprintf(stderr, "console: %s%s\n", address(l.Addr()), rctest.ConsolePath)
		server.Handler = newRequestLog(stderr, h)
	}
	return server
}

// variables are those that an app needs to log in to the emulator.
func variables(url string, c rctest.Credentials) []environ.Credential {
	return environ.Values{
		ServerURL: url, ClientID: c.ClientID, ClientSecret: c.ClientSecret, JWT: c.JWT,
	}.Credentials()
}

// writeExports writes the variables that an app needs, in one write, so that a reader who gets the first line gets all.
func writeExports(w io.Writer, url string, c rctest.Credentials) error {
	var b strings.Builder
	for _, v := range variables(url, c) {
		fmt.Fprintf(&b, "export %s=%s\n", v.Name, quoted(v.Value))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeServed writes the same as JSON.
func writeServed(w io.Writer, url string, c rctest.Credentials) error {
	return writeJSON(w, servedEmulator{emulatorSchema, url, url + rctest.ConsolePath, c.ClientID, c.ClientSecret, c.JWT})
}

// quoted returns a value as a shell reads it, with quotes only where they are needed.
func quoted(s string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_.:/~+", r)
	}
	if s != "" && strings.IndexFunc(s, func(r rune) bool { return !plain(r) }) < 0 && s[0] != '~' {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
