package criteria

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// TestWorstRecordIsBelieved: of two records of one attempt, in either order, the worse one counts.
func TestWorstRecordIsBelieved(t *testing.T) {
	done := func(change func(*ledger.Record)) ledger.Record {
		r := answer(first, 200, today)
		change(&r)
		r.ID = "one"
		return r
	}
	slot := done(func(r *ledger.Record) { r.Kind, r.Status = ledger.Reserved, 0 })
	given := done(func(r *ledger.Record) { r.Kind, r.Status = ledger.Released, 0 })
	good := done(func(*ledger.Record) {})
	server := done(func(r *ledger.Record) { r.Status = 500 })
	silent := done(func(r *ledger.Record) { r.Status = 0 })
	denied := done(func(r *ledger.Record) { r.Status = 403 })
	fault := done(func(r *ledger.Record) { r.Fault = true })
	never := done(func(r *ledger.Record) { r.Status, r.Sent = 0, time.Time{} })

	type count struct{ got, errors, unknown, calls int }
	for _, tt := range []struct {
		name    string
		records []ledger.Record
		want    count
	}{
		{"reserved alone", []ledger.Record{slot}, count{unknown: 1}},
		{"given back", []ledger.Record{slot, given}, count{}},
		{"done", []ledger.Record{slot, good}, count{got: 1, calls: 1}},
		{"done wins over given back", []ledger.Record{slot, given, good}, count{got: 1, calls: 1}},
		{"5xx wins over success", []ledger.Record{good, server}, count{calls: 1}},
		{"no answer wins over success", []ledger.Record{good, silent}, count{unknown: 1}},
		{"4xx wins over all answers", []ledger.Record{good, server, silent, denied}, count{errors: 1, calls: 1}},
		{"a fault voids the attempt", []ledger.Record{slot, good, denied, fault}, count{}},
		{"never sent", []ledger.Record{slot, never}, count{}},
		{"the same twice", []ledger.Record{slot, slot, good, good}, count{got: 1, calls: 1}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for range len(tt.records) {
				v := Evaluate(Graduation, Want{Endpoints: []Endpoint{{Op: first}}}, slices.Values(tt.records), noon)
				e, api := v.Endpoints[0], v.Ratios[0]
				assert.Equal(t, tt.want, count{e.Got, e.Errors, e.Unknown, api.Calls})
				assert.Equal(t, e.Unknown, v.Unknown)
				tt.records = append(tt.records[1:], tt.records[0])
			}
		})
	}
}

func TestRecordsWithoutIDAreAttemptsOfTheirOwn(t *testing.T) {
	r := answer(first, 200, today)
	v := Evaluate(Graduation, Want{Endpoints: []Endpoint{{Op: first}}}, slices.Values([]ledger.Record{r, r, r}), noon)
	assert.Equal(t, 3, v.Successes)
}

func TestOtherKindsAreNoEvidence(t *testing.T) {
	r := answer(first, 200, today)
	r.Kind = ledger.Declared
	v := Evaluate(Graduation, Want{}, slices.Values([]ledger.Record{r, {}}), noon)
	assert.Zero(t, v.Successes)
	assert.Empty(t, v.Endpoints)
	assert.Empty(t, v.Notes)
}
