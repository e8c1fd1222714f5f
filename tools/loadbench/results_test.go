package main

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// figures are results that meet all targets by a hair, of three rounds.
func figures() *results {
	r := &results{size: 500, libraryStart: []time.Duration{49 * time.Millisecond}, programStart: []time.Duration{149 * time.Millisecond},
		libraryMemory: 49_000_000, programMemory: 49_900_000}
	for _, n := range []float64{80_000, 81_000, 20_000} { // something else took the machine in the last round, from all of them
		for i, share := range []float64{1, 0.6, 0.5} {
			r.perSecond[i] = append(r.perSecond[i], n*share)
			r.p50[i] = append(r.p50[i], time.Millisecond)
			r.p99[i] = append(r.p99[i], 4999*time.Microsecond)
		}
	}
	return r
}

func TestTargets(t *testing.T) {
	missed := func(change func(*results)) []string {
		r := figures()
		change(r)
		var out []string
		for _, m := range r.missed() {
			out = append(out, m.what)
		}
		return out
	}
	assert.Empty(t, missed(func(*results) {}))
	assert.Equal(t, []string{"requests/s", "share of bare"}, missed(func(r *results) { r.perSecond[program] = []float64{39_999, 39_999, 9_000} }))
	assert.Equal(t, []string{"share of bare"}, missed(func(r *results) { r.perSecond[bare] = []float64{80_001, 82_000, 20_000} }))
	assert.Equal(t, []string{"p99"}, missed(func(r *results) { r.p99[library] = []time.Duration{5 * time.Millisecond} }))
	assert.Equal(t, []string{"start-up, library"}, missed(func(r *results) { r.libraryStart[0] = 50 * time.Millisecond }))
	assert.Equal(t, []string{"start-up, program"}, missed(func(r *results) { r.programStart[0] = 150 * time.Millisecond }))
	assert.Equal(t, []string{"resident memory"}, missed(func(r *results) { r.libraryMemory = 50_000_000 }))
	assert.Empty(t, missed(func(r *results) { r.libraryMemory, r.programMemory = 0, 0 }), "unknown is not missed")
	assert.Len(t, figures().targets(), 6)
}

func TestShareIsTakenWithinARound(t *testing.T) {
	r := &results{}
	r.perSecond[bare], r.perSecond[library] = []float64{100, 10, 50}, []float64{60, 9, 35} // 0.6, 0.9, 0.7
	assert.InDelta(t, 0.7, r.ofBare(library), 1e-9)
}

func TestWrite(t *testing.T) {
	var b bytes.Buffer
	figures().write(&b, plan{load: load{connections: 16, time: time.Second}, rounds: 3})
	assert.Contains(t, b.String(), "emulator, library  48000       12000-48600")
	assert.Contains(t, b.String(), "resident memory    49.9 MB  less than 50 MB  ok")
	assert.NotContains(t, b.String(), "MISSED")
}

func TestShort(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0s", 297_400 * time.Nanosecond: "297µs", 2_583_000 * time.Nanosecond: "2.58ms", 149_876 * time.Microsecond: "150ms", 14_960 * time.Microsecond: "15ms", 9_996 * time.Microsecond: "10ms", 999 * time.Nanosecond: "1µs",
	} {
		assert.Equal(t, want, short(d))
	}
}
