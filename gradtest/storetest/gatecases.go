package storetest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

func one(calls int) map[string]window.Limit {
	return map[string]window.Limit{"g": {Calls: calls, Per: span, Penalty: span}}
}

var gateCases = []gateCase{
	{"limit", "no window of a group ever holds more calls than its limit, through whichever handles they came",
		map[string]window.Limit{"g": {Calls: 4, Per: span}, "h": {Calls: 3, Per: span}}, checkLimit},
	{"order",
		"calls of a group are admitted in the order in which they ask, at whichever handles", one(1), checkAsking},
	{"penalty",
		"after a refusal nothing of the group is admitted by any handle until the penalty is over",
		one(5), checkPenalty},
	{"closed",
		"after a refusal without rate headers nothing at all is admitted until the penalty is over",
		one(5), checkClosed},
	{"cancelled", "when a call stops waiting, the next one takes its place", one(1), checkCancelled},
	{"deadline",
		"a wait that would exceed the deadline of the context fails immediately and books nothing",
		one(1), checkDeadline},
	{"released", "a released slot is free immediately", one(1), checkReleased},
	{"unsettled",
		"a call that is never settled keeps its slot for its time-out and one window", one(1), checkUnsettled},
	{"settled twice", "settling a call twice takes one slot", one(2), checkSettledTwice},
	{"unanswered",
		"a call without an answer keeps its slot until one window after the latest time at which it may have arrived",
		one(1), checkUnanswered},
	{"learned",
		"a limit that the server states holds at every handle, also at one opened later", one(50), checkLearned},
	{"names", "group names are not case-sensitive; a call without groups is admitted immediately", one(1), checkNames},
	{"first answer",
		"until the first answer of a group only one call is in flight, through whichever handle",
		one(5), checkFirstAnswer},
	{"penalty in queue",
		"calls that are queued when a refusal arrives wait until the penalty is over", one(1), checkPenaltyInQueue},
	{"foreign calls",
		"calls of other programs that the server reports take slots at every handle", one(4), checkForeignCalls},
	{"regrouped", "an operation whose answers name another group than the call asked for is counted there too, at every handle",
		map[string]window.Limit{"g": {Calls: 9, Per: span}, "h": {Calls: 1, Per: span}}, checkRegrouped},
	{"ids", "a call without an id, or with the id of an admitted one, is refused", one(5), checkIDs},
}

// checkLimit acts as the server: it counts calls at times between their departure and their answer.
func checkLimit(ctx context.Context, open OpenGate) error {
	gates, err := openGates(open, 3)
	if err != nil {
		return err
	}
	var (
		mu       sync.Mutex
		arrivals = map[string][]time.Time{}
		faults   []error
		wg       sync.WaitGroup
	)
	for w := range 9 {
		wg.Go(func() {
			random := rand.New(rand.NewPCG(1, uint64(w)))
			for i := range 2 {
				groups := [][]string{{"g"}, {"g", "h"}, {"h"}}[(w+i)%3]
				c := ask(fmt.Sprintf("%d-%d", w, i), groups...)
				if err := gates[w%3].Admit(ctx, c); err != nil {
					mu.Lock()
					faults = append(faults, err)
					mu.Unlock()
					return
				}
				time.Sleep(time.Duration(random.Int64N(int64(30 * time.Millisecond))))
				mu.Lock()
				for _, g := range groups {
					arrivals[g] = append(arrivals[g], time.Now())
				}
				mu.Unlock()
				time.Sleep(time.Duration(random.Int64N(int64(30 * time.Millisecond))))
				if err := gates[w%3].Settle(ctx, c, window.Answer{At: time.Now()}); err != nil {
					mu.Lock()
					faults = append(faults, err)
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	for group, limit := range map[string]int{"g": 4, "h": 3} {
		at := arrivals[group]
		if len(at) != 12 {
			faults = append(faults, fmt.Errorf("group %s: %d calls arrived, want 12", group, len(at)))
		}
		slices.SortFunc(at, time.Time.Compare)
		for i := limit; i < len(at); i++ {
			if d := at[i].Sub(at[i-limit]); d < span {
				faults = append(faults, fmt.Errorf("group %s: %d calls arrived within %v, the limit is %d in %v",
					group, limit+1, d, limit, span))
			}
		}
	}
	return errors.Join(faults...)
}

func checkAsking(ctx context.Context, open OpenGate) error {
	gates, err := openGates(open, 2)
	if err != nil {
		return err
	}
	if err := gates[0].Admit(ctx, ask("first", "g")); err != nil {
		return err
	}
	admitted := make(chan string, 6)
	faults := make(chan error, 6)
	for i := range 6 {
		go func() {
			id := fmt.Sprint(i)
			err := gates[i%2].Admit(ctx, ask(id, "g"))
			admitted <- id
			if err == nil {
				err = gates[i%2].Settle(ctx, ask(id, "g"), window.Answer{At: time.Now()})
			}
			faults <- err
		}()
		time.Sleep(span / 10)
	}
	if err := gates[0].Settle(ctx, ask("first", "g"), window.Answer{At: time.Now()}); err != nil {
		return err
	}
	for i := range 6 {
		if got := <-admitted; got != fmt.Sprint(i) {
			err = errors.Join(err, fmt.Errorf("call %s was admitted as number %d", got, i))
		}
		err = errors.Join(err, <-faults)
	}
	return err
}

func checkPenalty(ctx context.Context, open OpenGate) error {
	gates, err := openGates(open, 2)
	if err != nil {
		return err
	}
	if err := pass(ctx, gates[0], ask("a", "g"), window.Signal{}); err != nil {
		return err
	}
	refused := window.Signal{Group: "g", Refused: true, RetryAfter: 2 * span}
	start := time.Now()
	if err := pass(ctx, gates[0], ask("b", "g"), refused); err != nil {
		return err
	}
	other, err := took(ctx, gates[1], ask("other", "h"))
	if err = errors.Join(err, within("a call of another group", other, 0)); err != nil {
		return err
	}
	d, err := tookSince(ctx, start, gates[1], ask("c", "g"))
	if err != nil {
		return err
	}
	return within("a call in the penalty", d, 2*span-late/4)
}

func checkClosed(ctx context.Context, open OpenGate) error {
	gates, err := openGates(open, 2)
	if err != nil {
		return err
	}
	start := time.Now()
	if err := pass(ctx, gates[0], ask("a", "g"), window.Signal{Refused: true, RetryAfter: 2 * span}); err != nil {
		return err
	}
	d, err := tookSince(ctx, start, gates[1], ask("b"))
	if err != nil {
		return err
	}
	return within("a call without groups", d, 2*span-late/4)
}

func checkCancelled(ctx context.Context, open OpenGate) error {
	gates, err := openGates(open, 2)
	if err != nil {
		return err
	}
	if err := pass(ctx, gates[0], ask("a", "g"), window.Signal{}); err != nil {
		return err
	}
	start := time.Now()
	stopping, stop := context.WithCancel(ctx)
	stopped := make(chan error, 1)
	go func() { stopped <- gates[0].Admit(stopping, ask("b", "g")) }()
	time.Sleep(span / 8)
	next := make(chan error, 1)
	go func() { next <- gates[1].Admit(ctx, ask("c", "g")) }()
	time.Sleep(span / 8)
	stop()
	wait, ok := errors.AsType[*window.WaitError](<-stopped)
	if !ok || !errors.Is(wait, context.Canceled) {
		return fmt.Errorf("the cancelled call got error %v, want a WaitError for the context", wait)
	}
	if err := <-next; err != nil {
		return err
	}
	return within("the call behind it", time.Since(start), span-late/4)
}

func checkDeadline(ctx context.Context, open OpenGate) error {
	gates, err := openGates(open, 2)
	if err != nil {
		return err
	}
	if err := pass(ctx, gates[0], ask("a", "g"), window.Signal{}); err != nil {
		return err
	}
	start := time.Now()
	short, cancel := context.WithTimeout(ctx, span/2)
	defer cancel()
	d, err := took(short, gates[1], ask("b", "g"))
	if _, ok := errors.AsType[*window.WaitError](err); !ok || !errors.Is(err, context.DeadlineExceeded) || d >= span/2 {
		return fmt.Errorf("after %v: got error %v, want a WaitError for the deadline before it", d, err)
	}
	if err := gates[0].Admit(ctx, ask("c", "g")); err != nil {
		return err
	}
	return within("the next call", time.Since(start), span-late/4)
}

func checkReleased(ctx context.Context, open OpenGate) error {
	gates, err := openGates(open, 2)
	if err != nil {
		return err
	}
	for i := range 3 {
		c := ask(fmt.Sprint(i), "g")
		d, err := took(ctx, gates[i%2], c)
		if err != nil {
			return err
		}
		if err := within("a call after a released one", d, 0); err != nil {
			return err
		}
		if err := gates[i%2].Release(ctx, c); err != nil {
			return err
		}
	}
	return gates[0].Release(ctx, ask("never admitted", "g"))
}

func checkUnsettled(ctx context.Context, open OpenGate) error {
	gates, err := openGates(open, 2)
	if err != nil {
		return err
	}
	start := time.Now()
	if err := gates[0].Admit(ctx, ask("a", "g")); err != nil {
		return err
	}
	d, err := tookSince(ctx, start, gates[1], ask("b", "g"))
	if err != nil {
		return err
	}
	return within("the next call", d, 2*span-late/4)
}

func checkSettledTwice(ctx context.Context, open OpenGate) error {
	gates, err := openGates(open, 2)
	if err != nil {
		return err
	}
	a := ask("a", "g")
	start := time.Now()
	if err := pass(ctx, gates[0], a, window.Signal{}); err != nil {
		return err
	}
	for _, g := range gates {
		if err := g.Settle(ctx, a, window.Answer{At: time.Now()}); err != nil {
			return err
		}
	}
	d, err := took(ctx, gates[1], ask("b", "g"))
	if err != nil {
		return err
	}
	if err := within("the second of two calls allowed", d, 0); err != nil {
		return err
	}
	if err := gates[1].Settle(ctx, ask("b", "g"), window.Answer{At: time.Now()}); err != nil {
		return err
	}
	if d, err = tookSince(ctx, start, gates[0], ask("c", "g")); err != nil {
		return err
	}
	return within("the third", d, span-late/4)
}

func checkUnanswered(ctx context.Context, open OpenGate) error {
	gates, err := openGates(open, 2)
	if err != nil {
		return err
	}
	a := ask("a", "g")
	if err := gates[0].Admit(ctx, a); err != nil {
		return err
	}
	now := time.Now()
	if err := gates[0].Settle(ctx, a, window.Answer{At: now, Latest: now.Add(span)}); err != nil {
		return err
	}
	d, err := tookSince(ctx, now, gates[1], ask("b", "g"))
	if err != nil {
		return err
	}
	return within("the next call", d, 2*span-late/4)
}
