package suitegen

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// The least numbers of operations whose generated suite is ready on the emulator as it was generated. Raise them when
// more are. The authorization requests can never be: they count for no endpoint.
const (
	leastGreen       = 618
	leastGreenNewest = 498
)

// colliding are operations whose calls get in each other's way when two run at the same time: all messages to one
// number are one thread. They are mostly green alone.
var colliding = []string{rcapi.MthResolveThread.ID, rcapi.MthDeleteThread.ID}

// TestEveryOperation generates a suite for each operation alone and for random sets of 12, half of them in two steps,
// and sweeps each on an emulator of its own.
func TestEveryOperation(t *testing.T) {
	seed := uint64(1)
	if text := os.Getenv("SUITES_SEED"); text != "" {
		var err error
		seed, err = strconv.ParseUint(text, 10, 64)
		require.NoError(t, err)
	}
	t.Logf("SUITES_SEED=%d repeats the random sets", seed)
	c := newCompiled(t)
	reasons := make(map[string]string)
	var endpoints []rcapi.Operation
	for op := range rcapi.All() {
		r := Request{Operations: []Operation{{Op: op}}}
		if op.OAuth() {
			_, err := Generate(r)
			require.True(t, errors.Is(err, ErrNothing), op.ID)
			reasons[op.ID] = "an authorization request counts for no endpoint"
			continue
		}
		endpoints = append(endpoints, op)
		c.add(t, op.ID, r)
	}
	sets := make(map[string][]rcapi.Operation)
	rnd := rand.New(rand.NewPCG(seed, 12))
	for i := range 24 {
		var r, half Request
		for range 12 {
			op := endpoints[rnd.IntN(len(endpoints))]
			r.Operations = append(r.Operations, Operation{Op: op})
		}
		half.Operations = r.Operations[:6]
		name := fmt.Sprintf("set %d", i)
		for _, o := range r.Operations {
			sets[name] = append(sets[name], o.Op)
		}
		if i%2 == 0 {
			c.add(t, name, r)
		} else {
			c.add(t, name, half, r)
		}
	}
	results := c.run(t)
	green, newest := 0, 0
	for op := range rcapi.All() {
		r := results[op.ID]
		if !r.Ready {
			if reasons[op.ID] == "" {
				reasons[op.ID] = strings.ReplaceAll(r.Fault, "\n", " / ")
			}
			continue
		}
		green++
		if slices.Contains(op.Editions(), rcapi.Newest) {
			newest++
		}
	}
	t.Logf("%d of 646 operations are green without a hand, %d of the 520 of the newest edition; the others:",
		green, newest)
	for op := range rcapi.All() {
		if why := reasons[op.ID]; why != "" {
			t.Logf("%s (%s): %s", op.ID, op, why)
		}
	}
	for name, r := range results {
		if r.Ready && !slices.Contains(colliding, name) {
			assert.Empty(t, r.Errors, "%s: answers that count against the app", name)
		}
	}
	assert.GreaterOrEqual(t, green, leastGreen)
	assert.GreaterOrEqual(t, newest, leastGreenNewest)
	for name, ops := range sets {
		expected := !slices.ContainsFunc(ops, func(op rcapi.Operation) bool {
			return reasons[op.ID] != "" || slices.Contains(colliding, op.ID)
		})
		if expected {
			assert.True(t, results[name].Ready, "%s of seed %d: %v: %s", name, seed, ops, results[name].Fault)
		}
	}
}
