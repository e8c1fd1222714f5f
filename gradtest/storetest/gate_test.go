package storetest_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/storetest"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

func TestMemoryGate(t *testing.T) {
	storetest.TestGate(t, func(_ *testing.T, limits map[string]window.Limit) storetest.OpenGate {
		m := window.NewMemory(limits)
		return func() (window.Gate, error) { return m, nil }
	})
}

// TestDirGate opens one gate per handle, each of which replays the records of the others.
func TestDirGate(t *testing.T) {
	storetest.TestGate(t, func(t *testing.T, limits map[string]window.Limit) storetest.OpenGate {
		open := directory(t)
		return func() (window.Gate, error) {
			d, err := open()
			if err != nil {
				return nil, err
			}
			return d.Gate(limits), nil
		}
	})
}

// TestCheckGateNotices runs the suite over gates that break its rules.
func TestCheckGateNotices(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		err := storetest.CheckGate(func(limits map[string]window.Limit) (storetest.OpenGate, error) {
			// Each handle has limits of its own, as if processes shared nothing.
			return func() (window.Gate, error) { return window.NewMemory(limits), nil }, nil
		})
		for _, name := range []string{
			"limit", "order", "penalty", "closed", "deadline", "unsettled", "unanswered", "learned", "names", "first answer", "penalty in queue",
			"regrouped",
		} {
			assert.ErrorContains(t, err, "storetest: "+name+": ")
		}
	})
	synctest.Test(t, func(t *testing.T) {
		err := storetest.CheckGate(func(map[string]window.Limit) (storetest.OpenGate, error) {
			return func() (window.Gate, error) { return open{}, nil }, nil
		})
		for _, name := range []string{
			"limit", "penalty", "closed", "cancelled", "deadline", "unsettled", "settled twice",
			"unanswered", "learned", "names", "ids", "first answer", "penalty in queue", "foreign calls",
			"regrouped",
		} {
			assert.ErrorContains(t, err, "storetest: "+name+": ")
		}
	})
}

// open admits everything immediately.
type open struct{}

func (open) Admit(context.Context, window.Call) error                 { return nil }
func (open) Settle(context.Context, window.Call, window.Answer) error { return nil }
func (open) Release(context.Context, window.Call) error               { return nil }
func (open) Limit(string) (window.Limit, bool) {
	return window.Limit{Calls: 1, Per: time.Second}, false
}
