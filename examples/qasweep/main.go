// Command qasweep is the QA sweep to run before applying for graduation: it calls every endpoint that the app uses, as
// often as is still missing, and prints the verdict.
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
	"errors"
	"fmt"
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
	fmt.Fprintf(out, "%s: %d calls to send, by the limits known at least %v\n", app.Name, plan.Calls, plan.Duration)

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
	var stopped *gradtest.StoppedError
	if verdict.Policy == "" || errors.As(err, &stopped) && ctx.Err() == nil { // what came before says nothing new
		fmt.Fprintln(os.Stderr, err)
		return failed
	}
	fmt.Fprintln(out)
	if reportErr := report.Text(out, verdict); reportErr != nil {
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

var errInterrupted = errors.New("interrupted; what is done is kept, run it again to go on")

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
