package storetest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

func checkLearned(ctx context.Context, open OpenGate) error {
	gates, err := openGates(open, 2)
	if err != nil {
		return err
	}
	if l, learned := gates[1].Limit("g"); l.Calls != 50 || learned {
		return fmt.Errorf("at first: limit %+v, learned %v; want 50 calls, not learned", l, learned)
	}
	stated := window.Signal{Group: "g", Limit: 1, Window: 2 * span, Remaining: 1}
	start := time.Now() // before the answer, from which the window counts
	if err := pass(ctx, gates[0], ask("a", "g"), stated); err != nil {
		return err
	}
	fresh, err := open()
	if err != nil {
		return err
	}
	for i, g := range append(gates, fresh) {
		if l, learned := g.Limit("G"); l.Calls != 1 || l.Per != 2*span || !learned {
			return fmt.Errorf("handle %d: limit %+v, learned %v; want 1 call in %v, learned", i, l, learned, 2*span)
		}
	}
	if err := fresh.Admit(ctx, ask("b", "g")); err != nil {
		return err
	}
	return within("the next call", time.Since(start), 2*span-span/100) // less a step of the clock
}

func checkNames(ctx context.Context, open OpenGate) error {
	gates, err := openGates(open, 2)
	if err != nil {
		return err
	}
	if err := pass(ctx, gates[0], ask("a", "G"), window.Signal{}); err != nil {
		return err
	}
	start := time.Now()
	for i := range 5 {
		d, err := took(ctx, gates[i%2], ask(fmt.Sprint(i)))
		if err != nil {
			return err
		}
		if err := within("a call without groups", d, 0); err != nil {
			return err
		}
	}
	if err := gates[1].Admit(ctx, ask("b", "g")); err != nil {
		return err
	}
	return within("the next call of the group", time.Since(start), span-late/4)
}

func checkFirstAnswer(ctx context.Context, open OpenGate) error {
	gates, err := openGates(open, 2)
	if err != nil {
		return err
	}
	if err := gates[0].Admit(ctx, ask("a", "g")); err != nil {
		return err
	}
	admitted := make(chan error, 1)
	go func() { admitted <- gates[1].Admit(ctx, ask("b", "g")) }()
	select {
	case err := <-admitted:
		return fmt.Errorf("a second call was admitted before the first answer (error %v)", err)
	case <-time.After(span / 4):
	}
	if err := gates[0].Settle(ctx, ask("a", "g"), window.Answer{At: time.Now()}); err != nil {
		return err
	}
	if err := <-admitted; err != nil {
		return err
	}
	if err := gates[1].Settle(ctx, ask("b", "g"), window.Answer{At: time.Now()}); err != nil {
		return err
	}
	for i := range 3 { // several may be in flight now
		d, err := took(ctx, gates[i%2], ask(fmt.Sprint(i), "g"))
		if err = errors.Join(err, within("a call after the first answers", d, 0)); err != nil {
			return err
		}
	}
	return nil
}

func checkPenaltyInQueue(ctx context.Context, open OpenGate) error {
	gates, err := openGates(open, 2)
	if err != nil {
		return err
	}
	if err := gates[0].Admit(ctx, ask("a", "g")); err != nil {
		return err
	}
	admitted := make(chan error, 2)
	for i, g := range gates {
		go func() {
			c := ask(fmt.Sprint(i), "g")
			err := g.Admit(ctx, c)
			admitted <- errors.Join(err, g.Settle(ctx, c, window.Answer{At: time.Now()}))
		}()
	}
	time.Sleep(span / 8)
	start := time.Now()
	refused := window.Signal{Group: "g", Refused: true, RetryAfter: 2 * span}
	if err := gates[0].Settle(ctx, ask("a", "g"), window.Answer{At: start, Signal: refused}); err != nil {
		return err
	}
	for i := range 2 {
		err = errors.Join(err, <-admitted)
		if d, least := time.Since(start), time.Duration(2+i)*span; d < least-late/4 {
			late := fmt.Errorf("queued call %d was admitted %v after the refusal, want %v", i+1, d, least)
			err = errors.Join(err, late)
		}
	}
	return err
}

func checkForeignCalls(ctx context.Context, open OpenGate) error {
	gates, err := openGates(open, 2)
	if err != nil {
		return err
	}
	// Remaining is the header's value plus one: the server has room for one more call of four, so two were foreign.
	stated := window.Signal{Group: "g", Limit: 4, Remaining: 2}
	start := time.Now()
	if err := pass(ctx, gates[0], ask("a", "g"), stated); err != nil {
		return err
	}
	d, err := took(ctx, gates[1], ask("b", "g"))
	if err = errors.Join(err, within("the last call that fits", d, 0)); err != nil {
		return err
	}
	d, err = tookSince(ctx, start, gates[1], ask("c", "g"))
	if err != nil {
		return err
	}
	return within("the call after it", d, span-late/4)
}

func checkRegrouped(ctx context.Context, open OpenGate) error {
	gates, err := openGates(open, 2)
	if err != nil {
		return err
	}
	a := ask("a", "g")
	a.Op = "moved"
	start := time.Now()
	if err := pass(ctx, gates[0], a, window.Signal{Group: "h", Limit: 1}); err != nil {
		return err
	}
	d, err := took(ctx, gates[1], ask("other", "g"))
	if err = errors.Join(err, within("another operation of the group", d, 0)); err != nil {
		return err
	}
	if err := gates[1].Settle(ctx, ask("other", "g"), window.Answer{At: time.Now()}); err != nil {
		return err
	}
	b := ask("b", "g")
	b.Op = "moved"
	if d, err = tookSince(ctx, start, gates[1], b); err != nil {
		return err
	}
	return within("the same operation", d, span-late/4)
}

func checkIDs(ctx context.Context, open OpenGate) error {
	gates, err := openGates(open, 2)
	if err != nil {
		return err
	}
	if err := pass(ctx, gates[0], ask("warm", "g"), window.Signal{}); err != nil {
		return err
	}
	if gates[0].Admit(ctx, ask("", "g")) == nil {
		return errors.New("a call without an id was admitted")
	}
	if err := gates[0].Admit(ctx, ask("a", "g")); err != nil {
		return err
	}
	if gates[0].Admit(ctx, ask("a", "g")) == nil {
		return errors.New("a second call of one id was admitted")
	}
	return nil
}
