package window

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWaitLooksAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start, changed := time.Now(), make(chan struct{}, 1)
		var looks []time.Duration
		err := Wait(t.Context(), func() (Turn, error) {
			now := time.Now()
			looks = append(looks, now.Sub(start))
			switch len(looks) {
			case 1: // the time comes
				return Turn{Outlook: Outlook{Known: true, At: now.Add(time.Second), Soonest: now.Add(time.Second)}, Changed: changed}, nil
			case 2: // the change comes first
				time.AfterFunc(time.Second, func() { changed <- struct{}{} })
				return Turn{Outlook: Outlook{At: now.Add(time.Hour)}, Changed: changed}, nil
			case 3: // only a change is waited for
				time.AfterFunc(2*time.Hour, func() { close(changed) })
				return Turn{Changed: changed}, nil
			case 4: // a time that has passed
				return Turn{Outlook: Outlook{At: now.Add(-time.Second)}}, nil
			}
			return Turn{Go: true}, nil
		})
		require.NoError(t, err)
		later := 2*time.Second + 2*time.Hour
		assert.Equal(t, []time.Duration{0, time.Second, 2 * time.Second, later, later}, looks)
	})
}

func TestWaitFails(t *testing.T) {
	broken := errors.New("broken")
	soon := func(d time.Duration, r Reason) func() (Turn, error) {
		return func() (Turn, error) {
			at := time.Now().Add(d)
			return Turn{Outlook: Outlook{At: at, Known: true, Soonest: at, Group: "heavy", Reason: r}}, nil
		}
	}
	for _, c := range []struct {
		name    string
		timeout time.Duration
		look    func() (Turn, error)
		is      error
		after   time.Duration
	}{
		{"with the error of looking", time.Hour, func() (Turn, error) { return Turn{}, broken }, broken, 0},
		{"at once when the deadline cannot be kept", time.Minute, soon(61*time.Second, Full), context.DeadlineExceeded, 0},
		{"when the deadline comes", time.Minute, func() (Turn, error) { return Turn{}, nil }, context.DeadlineExceeded, time.Minute},
		{"when the deadline comes, if a change could have come first", time.Minute, func() (Turn, error) {
			return Turn{Outlook: Outlook{At: time.Now().Add(time.Hour), Known: true}}, nil
		}, context.DeadlineExceeded, time.Minute},
		{"at once when a penalty is too long", time.Hour, soon(16*time.Minute, Penalty), nil, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), c.timeout)
				defer cancel()
				start := time.Now()
				err := Wait(ctx, c.look)
				require.Error(t, err)
				assert.Equal(t, c.after, time.Since(start))
				if c.is != nil {
					assert.ErrorIs(t, err, c.is)
				}
			})
		})
	}
}

func TestWaitErrorSaysWhatToDo(t *testing.T) {
	until := time.Date(2026, 3, 1, 13, 0, 5, 0, time.FixedZone("CET", 3600))
	for _, c := range []struct {
		err  WaitError
		want string
	}{
		{WaitError{"heavy", until, Full, context.DeadlineExceeded},
			"window: admit: group heavy has no free slot until 2026-03-01T12:00:05Z, past the context's deadline: allow more time, or send fewer calls of this group"},
		{WaitError{"heavy", time.Time{}, Unconfirmed, context.DeadlineExceeded},
			"window: admit: group heavy awaits its first answer, past the context's deadline: allow more time, or find out why the call in flight is slow"},
		{WaitError{"heavy", until, Penalty, nil},
			"window: admit: group heavy is refused by the platform until 2026-03-01T12:00:05Z, which is more than 15m0s: send no calls of it before then, and look for other programs that use the same client id"},
		{WaitError{"", until, Closed, nil},
			"window: admit: every call is refused by the platform until 2026-03-01T12:00:05Z, which is more than 15m0s: send nothing before then; if it happens again, ask the platform's support which limit of the account was exceeded"},
		{WaitError{"heavy", until, Full, context.Canceled},
			"window: admit: group heavy has no free slot until 2026-03-01T12:00:05Z when the wait ended: context canceled"},
		{WaitError{Err: context.Canceled}, "window: admit: the call was waiting when the wait ended: context canceled"},
	} {
		assert.EqualError(t, &c.err, c.want)
		assert.Equal(t, c.err.Err, errors.Unwrap(&c.err))
	}
}
