package gradtest

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/wire"
)

// timeLimit is what -timeout leaves for the calls of a session. A call whose slot would come later fails and says so,
// where go test would end the whole process in the middle of its wait.
type timeLimit struct{ ctx context.Context } // nil: no limit

// timeLimitOf returns the limit of a test's session, and a function that releases it.
func timeLimitOf(tb testing.TB) (timeLimit, func()) {
	deadline, ok := deadlineOf(tb)
	if !ok {
		return timeLimit{}, func() {}
	}
	end := deadline.Add(-reserve(time.Until(deadline)))
	ctx, cancel := context.WithDeadlineCause(context.Background(), end, errTimeout)
	return timeLimit{ctx}, cancel
}

// deadlineOf returns when -timeout ends a test; false: it does not, or the test runs in a bubble of testing/synctest,
// where Deadline panics.
func deadlineOf(tb testing.TB) (at time.Time, ok bool) {
	t, limited := tb.(interface{ Deadline() (time.Time, bool) })
	if !limited {
		return at, false
	}
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	return t.Deadline()
}

// transport returns t within the limit.
func (l timeLimit) transport(t *wire.Transport) http.RoundTripper {
	if l.ctx == nil {
		return t
	}
	return timeLimited{t, l.ctx}
}

type timeLimited struct {
	base *wire.Transport
	ctx  context.Context
}

func (l timeLimited) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := l.base.RoundTrip(req)
	limit, _ := l.ctx.Deadline()
	own, bounded := req.Context().Deadline()
	if err != nil && tooLate(l.ctx, err) && (!bounded || own.After(limit)) {
		err = fmt.Errorf("%w: %w", errTimeout, err)
	}
	return resp, err
}
