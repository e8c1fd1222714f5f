// Command qasweep is the QA sweep to run before applying for graduation: it calls every endpoint that the app uses, as often as is
// still missing, and prints the verdict.
//
//	go run ./examples/qasweep
//
// Without credentials it runs on the embedded emulator. With RC_SERVER_URL, RC_APP_CLIENT_ID, RC_APP_CLIENT_SECRET and
// RC_USER_JWT set it runs there, where SMS_SENDER, SMS_RECIPIENT and WEBHOOK_DELIVERY_ADDRESS should be set too: an SMS
// number of the user, a number that may get test messages, and an https address that answers the platform's
// validation request. The exit status is 0 when the app is ready, 1 when it is not, 2 when the sweep could not run.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/report"
)

const (
	ready    = 0
	notReady = 1
	failed   = 2
)

func main() {
	os.Exit(run(os.Stdout, os.Getenv))
}

func run(out *os.File, getenv func(string) string) int {
	app := crm(numbers(getenv))
	plan, err := gradtest.Plan(app)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return failed
	}
	fmt.Fprintf(out, "%s: %d calls to send, at the rate limits at least %v\n", app.Name, plan.Calls, plan.Duration)

	ctx, interrupted := context.WithCancelCause(context.Background())
	stop := onInterrupt(func() {
		fmt.Fprintln(out, "\ninterrupted: nothing more is sent; removing what was created (interrupt again to leave it)")
		interrupted(errInterrupted)
	})
	defer stop()

	bar := newProgress(out, plan.Calls)
	app.Progress = bar.report
	verdict, err := gradtest.Sweep(ctx, app)
	bar.finish()
	if err != nil {
		fmt.Fprintln(out, err)
	}
	if verdict.Policy == "" { // the sweep did not get as far as a verdict
		return failed
	}
	return conclude(out, verdict.Ready && err == nil, func(w io.Writer) error { return report.Text(w, verdict) })
}

var errInterrupted = fmt.Errorf("interrupted; what is done is kept, run it again to go on")

// onInterrupt calls f at the first interrupt; the second one ends the program as usual.
func onInterrupt(f func()) (stop func()) {
	signals := make(chan os.Signal, 1)
	done := make(chan struct{})
	signal.Notify(signals, os.Interrupt)
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

func conclude(out io.Writer, isReady bool, verdict func(io.Writer) error) int {
	fmt.Fprintln(out)
	if err := verdict(out); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return failed
	}
	if !isReady {
		return notReady
	}
	return ready
}
