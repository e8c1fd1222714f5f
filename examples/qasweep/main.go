// Command qasweep is the QA sweep to run before applying for graduation. It sends the calls that are still missing on
// each endpoint of the app, and prints the verdict.
//
//	go run ./examples/qasweep
//
// The verdict names what is missing, and counts the endpoints and app scopes that are fine; -v lists them, too. Without
// credentials it runs on the embedded emulator. For a real server set RC_SERVER_URL, RC_APP_CLIENT_ID,
// RC_APP_CLIENT_SECRET and RC_USER_JWT, and also
//
//   - SMS_SENDER: an SMS number of the user, if the first one found should not be used,
//   - SMS_RECIPIENT: a number that may receive test messages,
//   - WEBHOOK_DELIVERY_ADDRESS: an https address that answers the platform's validation request.
//
// The exit status is 0 when the app is ready, 1 when it is not, and 2 when the sweep could not run.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/report"
)

const (
	ready    = 0
	notReady = 1
	failed   = 2
)

func main() {
	full := flag.Bool("v", false, "list also the endpoints and app scopes that are fine")
	flag.Parse()
	os.Exit(run(os.Stdout, os.Getenv, *full))
}

func run(out *os.File, getenv func(string) string, full bool) int {
	app := crm(numbers(getenv))
	plan, err := gradtest.Plan(app)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return failed
	}
	fmt.Fprintf(out, "%s: %d calls to send, which takes at least %v at the known rate limits\n", app.Name, plan.Calls, plan.Duration)

	ctx, interrupted := context.WithCancelCause(context.Background())
	stop := onInterrupt(func() {
		fmt.Fprintln(out, "\ninterrupted: no more calls are sent; removing what was created (interrupt again to skip that)")
		interrupted(errInterrupted)
	})
	defer stop()

	bar := newProgress(out, plan.Calls)
	app.Progress = bar.report
	verdict, err := gradtest.Sweep(ctx, app)
	bar.finish()
	var stopped *gradtest.StoppedError
	if verdict.Policy == "" || errors.As(err, &stopped) && ctx.Err() == nil { // no verdict, or one without new calls
		fmt.Fprintln(os.Stderr, err)
		return failed
	}
	fmt.Fprintln(out)
	style := report.Options{Width: columns(out), Full: full, Colour: colourful(out, getenv)}
	if reportErr := report.Text(out, verdict, style); reportErr != nil {
		fmt.Fprintln(os.Stderr, reportErr)
		return failed
	}
	if err != nil {
		fmt.Fprintf(out, "\n%v\n", err)
	}
	if err != nil || !verdict.Ready {
		return notReady
	}
	return ready
}

var errInterrupted = errors.New("interrupted: what was sent is kept; run the sweep again to continue")

// onInterrupt calls f at the first interrupt or SIGTERM. The second one ends the program.
func onInterrupt(f func()) (stop func()) {
	signals := make(chan os.Signal, 1)
	done := make(chan struct{})
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case <-signals:
			signal.Stop(signals)
			f()
		case <-done:
		}
	}()
	return func() { signal.Stop(signals); close(done) }
}
