package gradtest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

func TestContinued(t *testing.T) {
	interrupt, other := errors.New("interrupt signal received"), errors.New("refused")
	done := func(cause error) context.Context {
		ctx, cancel := context.WithCancelCause(t.Context())
		cancel(cause)
		return ctx
	}
	soon, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	late := &window.WaitError{Group: "heavy", Reason: window.Full, Until: time.Now().Add(time.Hour), Err: context.DeadlineExceeded}
	for _, tc := range []struct {
		name string
		ctx  context.Context
		err  error
		want string
	}{
		{"interrupted", done(interrupt), fmt.Errorf("waiting: %w", interrupt),
			"waiting: interrupt signal received: what is done is kept, and the next run continues from there"},
		{"failed by itself before the interrupt", done(interrupt), other, "refused"},
		{"out of time", done(errTimeout), errTimeout, errTimeout.Error()},
		{"in flight when the time was over", done(errTimeout), other, errTimeout.Error() + ": refused"},
		{"its slot would come too late", soon, late, errTimeout.Error() + ": " + late.Error()},
		{"nothing interrupted", t.Context(), other, "refused"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := continued(tc.ctx, tc.err)
			assert.EqualError(t, got, tc.want)
			assert.ErrorIs(t, got, tc.err)
		})
	}
}

func TestEndpointErrorCounts(t *testing.T) {
	for n, want := range map[int]string{0: "after 0 calls: no", 1: "after 1 call: no", 2: "after 2 calls: no"} {
		assert.Equal(t, "gradtest: endpoint x failed "+want, (&EndpointError{Endpoint: "x", State: "failed", Calls: n, Err: errors.New("no")}).Error())
	}
}
