package bundle

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/evidence"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestBundle(t *testing.T) {
	store := kept(t, ready()...)
	data := made(t, store)
	assert.Equal(t, data, made(t, store), "the same evidence makes the same bytes")

	r := verified(t, data)
	assert.Empty(t, texts(r))
	assert.True(t, r.OK)
	assert.True(t, r.Ready)
	m := r.Manifest
	assert.Equal(t, Schema, m.Schema)
	assert.Equal(t, "crm-sync", m.App)
	assert.Equal(t, origin, m.Origin)
	assert.Equal(t, rcapi.Hash(), m.Catalogue)
	assert.Equal(t, Records{26, 24, 1, now.Add(-3 * time.Hour), now.Add(-90 * time.Minute)}, m.Records)
	require.Len(t, m.Heads, 2, "where both days' chains stood, that of an old day too if its file was read")
	assert.Equal(t, 1, r.Document.Unknown, "a reservation without an end is part of the evidence")
	assert.Equal(t, 24, r.Document.Successes)

	all := content(t, data)
	assert.Len(t, all, 7)
	assert.NotContains(t, all[recordsName], `"id":"old"`)
	assert.Equal(t, 1, strings.Count(all[recordsName], `"k":"reserved"`), "only reservations whose end is unknown")
	assert.Contains(t, all[readmeName], "Verdict      READY\n")
	assert.Contains(t, all[pageName], "crm-sync: READY")
	rep, err := ledger.VerifyExport(t.Context(), strings.NewReader(all[recordsName]))
	require.NoError(t, err)
	assert.NoError(t, rep.Err(), "the records are an export")

	other := made(t, store, func(o *Options) { o.At = now.Add(47 * time.Hour) })
	assert.NotEqual(t, data, other)
	r = verified(t, other)
	assert.True(t, r.OK, texts(r))
	assert.False(t, r.Ready, "the evidence has expired by then")
}

// TestBundlesOfAllKinds: other stores, policies and declarations.
func TestBundlesOfAllKinds(t *testing.T) {
	memory := ledger.NewMemory()
	require.NoError(t, memory.Append(t.Context(), ready()...))
	r := verified(t, made(t, memory))
	assert.True(t, r.OK, texts(r))
	assert.Empty(t, r.Manifest.Heads)

	r = verified(t, made(t, memory, func(o *Options) { o.Policy = ours() }))
	assert.True(t, r.OK, texts(r))
	assert.Contains(
		t,
		strings.Join(r.Notes, "\n"),
		"The policy ours 1 is not one of gradtest's: the team that made the bundle wrote it.",
	)
	for _, p := range append(criteria.Policies(), criteria.Graduation.In(rcapi.Edition2021)) {
		r = verified(t, made(t, memory, func(o *Options) { o.Policy = p }))
		assert.True(t, r.OK, texts(r))
		assert.NotContains(t, strings.Join(r.Notes, "\n"), "not one of gradtest's", p.Name)
	}

	r = verified(t, made(t, kept(t, ready()[1:]...), func(o *Options) { o.Declaration = nil }))
	assert.True(t, r.OK, texts(r))
	assert.Contains(t, strings.Join(r.Document.Notes, "\n"), "Nothing is declared")
	assert.False(t, r.Manifest.Declared)

	// The declaration is the word of the maker if the tests left none.
	r = verified(t, made(t, kept(t, ready()[1:]...)))
	assert.True(t, r.OK, texts(r))
	assert.Contains(t, strings.Join(r.Notes, "\n"), "The records have no declaration")

	// It is found however old it is, and comes alone.
	old := ready()
	old[0].At = now.Add(-20 * 24 * time.Hour)
	stranger := old[0]
	stranger.ID, stranger.Declared = "stranger", &ledger.Declaration{App: "stranger"}
	data := made(t, kept(t, append(old, stranger)...))
	r = verified(t, data)
	assert.True(t, r.OK, texts(r))
	assert.Equal(t, 1, r.Manifest.Records.Declarations)
	assert.NotContains(t, content(t, data)[recordsName], "stranger")

	r = verified(t, made(t, ledger.NewMemory()))
	assert.True(t, r.OK, texts(r))
	assert.False(t, r.Ready, "no calls at all")
}

// TestSelection: the verdict over the chosen records is that over all.
func TestSelection(t *testing.T) {
	d := declared()
	ops := []rcapi.Operation{rcapi.ReadExtension, rcapi.ReadUserCallLog, rcapi.ListMessages, rcapi.ListContacts}
	kinds := []ledger.Kind{
		ledger.Done,
		ledger.Done,
		ledger.Reserved,
		ledger.Reserved,
		ledger.Released,
		ledger.Settled,
		ledger.Waiting,
	}
	for seed := range uint64(10) {
		random := rand.New(rand.NewPCG(seed, 1))
		var all []ledger.Record
		for range 60 {
			r := done(
				fmt.Sprint("c", random.IntN(25)),
				ops[random.IntN(len(ops))],
				[]int{200, 200, 200, 401, 404, 429, 503, 0}[random.IntN(8)],
				time.Duration(random.IntN(60*60)-2*60)*time.Minute,
			)
			r.Kind = kinds[random.IntN(len(kinds))]
			r.Fault = random.IntN(9) == 0
			if r.Kind != ledger.Done {
				r.Status, r.Sent, r.RequestID, r.Fault, r.Scopes = 0, time.Time{}, "", false, nil
			}
			if r.Kind == ledger.Reserved {
				r.Latest = r.At.Add(time.Minute)
			}
			all = append(all, r)
		}
		slices.SortStableFunc(all, func(a, b ledger.Record) int { return a.At.Compare(b.At) })
		r := verified(t, made(t, kept(t, all...)))
		require.True(t, r.OK, "seed %d: %v", seed, texts(r))
		all = slices.DeleteFunc(
			all,
			func(r ledger.Record) bool { return r.At.Before(now.Add(-evidence.Horizon)) },
		) // as the command does
		v := criteria.Evaluate(criteria.Graduation, criteria.WantOf(d), slices.Values(all), now)
		b := r.Document
		require.Equal(
			t,
			[]int{v.Successes, v.Missing, v.Refused, v.Unknown, len(v.Endpoints)},
			[]int{b.Successes, b.Missing, b.Refused, b.Unknown, len(b.Endpoints)},
			"seed %d",
			seed,
		)
		for i, f := range v.Findings {
			require.Equal(t, f.Got, b.Rules[i].Got, "seed %d", seed)
		}
		for i, e := range v.Endpoints {
			require.Equal(
				t,
				[]int{e.Got, e.Errors, e.Unknown},
				[]int{b.Endpoints[i].Got, b.Endpoints[i].Errors, b.Endpoints[i].Unknown},
				"seed %d",
				seed,
			)
		}
	}
}

// TestWriteFails: what cannot be vouched for is not written.
func TestWriteFails(t *testing.T) {
	d := declared()
	good := Options{Origin: origin, Declaration: &d, At: now}
	write := func(s ledger.Store, o Options) error {
		_, err := Write(t.Context(), new(bytes.Buffer), s, o)
		return err
	}
	m := ledger.NewMemory()
	assert.ErrorContains(t, write(m, Options{At: now}), "bundle: Options.Origin is empty: set it")
	wild := good
	wild.Policy = criteria.Policy{Name: "wild", Successes: -1}
	assert.EqualError(t, write(m, wild), "bundle: policy.json: successes is -1: it must be from 0 to 1000000")
	greedy, many := declared(), good
	greedy.Endpoints[1].Calls = 2_000_000
	many.Declaration = &greedy
	assert.EqualError(
		t,
		write(m, many),
		"bundle: declaration.json: calls of readUserCallLog is 2000000: it must be from 0 to 1000000",
	)

	closed := kept(t)
	require.NoError(t, closed.Close())
	assert.ErrorIs(t, write(closed, good), ledger.ErrClosed)
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Write(canceled, new(bytes.Buffer), m, good)
	assert.ErrorIs(t, err, context.Canceled)

	_, err = Write(t.Context(), full{}, m, good)
	assert.ErrorContains(t, err, "no space left: the file is incomplete: free space or choose another place")
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }
