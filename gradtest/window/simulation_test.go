package window

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

// remote is a Gate over a network, like that of several machines: each operation takes a round trip.
type remote struct {
	Gate
	trip func()
}

func (r remote) Admit(ctx context.Context, c Call) error {
	r.trip()
	err := r.Gate.Admit(ctx, c)
	r.trip()
	return err
}

func (r remote) Settle(ctx context.Context, c Call, a Answer) error {
	r.trip()
	return r.Gate.Settle(ctx, c, a)
}

var long = flag.Bool("long", false, "run all simulations of docs/scaling.md, which takes a minute or two")

// TestThousandShards simulates shards on many machines that share one app, in virtual time, at the platform's own
// limits: 2,000 calls, which take 24 windows at least (with -long 10,000 calls and 99 windows). Each shard makes its
// calls one after the other, over one network to the platform and another to the shared gate. No call is refused. The
// duration is the minimum plus one round trip per window, the time that a slot is unused between the answer to one call
// and the arrival of the next.
//
//	go test -run ThousandShards -v ./gradtest/window -long
func TestThousandShards(t *testing.T) {
	shards := 1000
	if raced {
		shards = 100
	}
	each := map[string]int{"light": 1, "medium": 1}
	if *long {
		each = map[string]int{"light": 5, "medium": 4, "heavy": 1}
	}
	total := 0
	for _, calls := range each {
		total += shards * calls
	}
	for _, c := range []struct {
		name           string
		platform, gate time.Duration // most of one way
	}{
		{"no network", 0, 0},
		{"near", 40 * time.Millisecond, 2 * time.Millisecond},
		{"far", 300 * time.Millisecond, 30 * time.Millisecond},
	} {
		if c.name == "near" && !*long {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				limits := map[string]Limit{"light": {Calls: 50, Per: minute, Penalty: minute}, "medium": {Calls: 40, Per: minute, Penalty: minute}, "heavy": {Calls: 10, Per: minute, Penalty: minute}}
				j := newStrictServer(limits)
				shared := NewMemory(limits)
				n := map[string]int{}
				for group, calls := range each {
					n[group] = shards * calls
				}
				start := time.Now()
				var (
					wg   sync.WaitGroup
					mu   sync.Mutex
					last time.Time
				)
				for shard := range shards {
					rng := rand.New(rand.NewPCG(uint64(shard), 7))
					way := func(most time.Duration) func() {
						return func() {
							if most > 0 {
								time.Sleep(most/2 + time.Duration(rng.Int64N(int64(most/2))))
							}
						}
					}
					g := remote{shared, way(c.gate)}
					platform := way(c.platform)
					var calls []string
					for _, group := range slices.Sorted(maps.Keys(each)) {
						calls = append(calls, slices.Repeat([]string{group}, each[group])...)
					}
					rng.Shuffle(len(calls), func(i, k int) { calls[i], calls[k] = calls[k], calls[i] })
					wg.Go(func() {
						for i, group := range calls {
							claim := Call{ID: fmt.Sprintf("%d-%d", shard, i), Groups: []string{group}}
							if !assert.NoError(t, g.Admit(t.Context(), claim)) {
								return
							}
							platform()
							status, h := j.arrive(group)
							mu.Lock()
							last = latest(last, time.Now())
							mu.Unlock()
							platform()
							assert.NoError(t, g.Settle(t.Context(), claim, Answer{At: time.Now(), Signal: ReadSignal(status, h, time.Now())}))
						}
					})
				}
				wg.Wait()
				took := last.Sub(start)
				least := MinDuration(n, limits)
				windows := least / minute
				trip := 2*c.platform + 3*c.gate // answer and telling, asking and the way there
				assert.Empty(t, j.refused)
				assert.GreaterOrEqual(t, took, least)
				assert.LessOrEqual(t, took, least+(windows+1)*trip)
				t.Logf("%d shards, %d calls: %v, least possible %v: %.2f %% more; %d refused", shards, total, took, least, 100*(took-least).Seconds()/least.Seconds(), len(j.refused))
			})
		})
	}
}
