package window_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

func ExampleMemory() {
	ctx := context.Background()
	limits := make(map[string]window.Limit) // the documented ones, until the server states its own
	for _, g := range rcapi.Groups() {
		limits[g.Header] = window.Limit{Calls: g.Calls, Per: g.Window, Penalty: g.Penalty}
	}
	gate := window.NewMemory(limits)

	call := window.Call{ID: "1", Groups: []string{"Heavy"}, Op: "readUserCallLog", Timeout: 30 * time.Second}
	if err := gate.Admit(ctx, call); err != nil {
		fmt.Println(err)
		return
	}
	res := answer() // send the request here
	now := time.Now()
	_ = gate.Settle(ctx, call, window.Answer{At: now, Signal: window.ReadSignal(res.StatusCode, res.Header, now)})

	limit, learned := gate.Limit("heavy")
	fmt.Println(limit.Calls, limit.Per, learned)
	// Output: 2 1m0s true
}

func ExampleMemory_Admit() {
	gate := window.NewMemory(map[string]window.Limit{"heavy": {Calls: 1, Per: time.Hour}})
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()

	first := window.Call{ID: "1", Groups: []string{"Heavy"}}
	fmt.Println(gate.Admit(ctx, first), gate.Settle(ctx, first, window.Answer{}))

	err := gate.Admit(ctx, window.Call{ID: "2", Groups: []string{"Heavy"}})
	wait, ok := errors.AsType[*window.WaitError](err)
	fmt.Println(ok, wait.Group, wait.Reason, errors.Is(err, context.DeadlineExceeded))
	// Output:
	// <nil> <nil>
	// true heavy full true
}

func ExampleState() {
	noon := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	state := window.NewState(map[string]window.Limit{"heavy": {Calls: 1, Per: time.Minute}})
	first := window.Call{ID: "1", Groups: []string{"Heavy"}}
	second := window.Call{ID: "2", Groups: []string{"Heavy"}}

	state.Reserve(first, noon)
	_, known := state.Next(noon, second)
	fmt.Println("while the first is in flight:", known)

	state.Settle(first.ID, window.Answer{At: noon.Add(2 * time.Second)})
	at, _ := state.Next(noon.Add(2*time.Second), second)
	fmt.Println("after its answer:", at.Format(time.TimeOnly))
	// Output:
	// while the first is in flight: false
	// after its answer: 12:01:02
}

func ExampleReadSignal() {
	s := window.ReadSignal(429, http.Header{
		"X-Rate-Limit-Group": {"heavy"},
		"X-Rate-Limit-Limit": {"ten"},
		"Retry-After":        {"60"},
	}, time.Now())
	fmt.Println(s.Group, s.Limit, s.RetryAfter, s.Refused)
	fmt.Println("duplicate request:", s.WithCode("CMN-304").Refused)
	// Output:
	// heavy 0 1m0s true
	// duplicate request: false
}

func ExampleMinDuration() {
	// Twelve operations of one group, five calls each.
	limits := map[string]window.Limit{"heavy": {Calls: 10, Per: time.Minute}}
	fmt.Println(window.MinDuration(map[string]int{"heavy": 60}, limits))
	// Output: 5m0s
}

func answer() *http.Response {
	return &http.Response{StatusCode: 200, Header: http.Header{
		"X-Rate-Limit-Group": {"heavy"}, "X-Rate-Limit-Limit": {"2"},
		"X-Rate-Limit-Remaining": {"1"}, "X-Rate-Limit-Window": {"60"},
	}}
}
