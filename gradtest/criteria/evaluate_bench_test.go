package criteria

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// busy is a ledger of n records, reserved and done, over ten endpoints and the whole of the rolling window.
func busy(n int, errors int) (Want, []ledger.Record) {
	var want Want
	for op := range rcapi.All() {
		if op.Method == "GET" && !op.OAuth() {
			want.Endpoints = append(want.Endpoints, Endpoint{Op: op})
		}
		if len(want.Endpoints) == 10 {
			break
		}
	}
	want.Scopes = []rcapi.Scope{want.Endpoints[0].Op.Scope}
	var records []ledger.Record
	for i := range n / 2 {
		at := noon.Add(-47*time.Hour + time.Duration(i)*47*time.Hour/time.Duration(n/2))
		r := answer(want.Endpoints[i%10].Op, 200, at)
		r.ID = fmt.Sprintf("%016x%016x", i, i*7919)
		if errors > 0 && i%errors == 0 {
			r.Status = 401
		}
		slot := r
		slot.Kind, slot.Status, slot.Sent, slot.Scopes = ledger.Reserved, 0, time.Time{}, nil
		records = append(records, slot, r)
	}
	return want, records
}

func BenchmarkEvaluate(b *testing.B) {
	for _, bb := range []struct {
		name      string
		n, errors int
	}{{"1000", 1000, 0}, {"100000", 100_000, 0}, {"100000-with-errors", 100_000, 100}} {
		b.Run(bb.name, func(b *testing.B) {
			want, records := busy(bb.n, bb.errors)
			if !Evaluate(Graduation, want, slices.Values(records), noon).Ready && bb.n > 1000 {
				b.Log(Evaluate(Graduation, want, slices.Values(records), noon).Findings)
			}
			b.ReportAllocs()
			for b.Loop() {
				Evaluate(Strictest, want, slices.Values(records), noon)
			}
		})
	}
}

func BenchmarkForecast(b *testing.B) {
	want, records := busy(100_000, 100)
	b.ReportAllocs()
	for b.Loop() {
		Forecast(Strictest, want, slices.Values(records), noon)
	}
}
