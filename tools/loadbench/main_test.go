package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestMain lets the test binary serve as the child processes that the command starts.
func TestMain(m *testing.M) {
	if played, err := child(os.Args[1:]); played {
		exit(err)
	}
	os.Exit(m.Run())
}

// TestMeasure is a complete run, too short for meaningful figures.
func TestMeasure(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and starts programs, which takes seconds: leave out -short")
	}
	profile := filepath.Join(t.TempDir(), "cpu.prof")
	r, err := plan{load: load{connections: 2, time: time.Minute, requests: 20}, rounds: 2, starts: 1, profile: profile}.measure(t.Context())
	require.NoError(t, err)
	assert.Greater(t, r.size, 100, "the body of an extension")
	for server, name := range names {
		assert.Len(t, r.perSecond[server], 2, name)
		for _, rate := range r.perSecond[server] {
			assert.Positive(t, rate, name)
		}
		assert.Positive(t, median(r.p50[server]), name)
		assert.GreaterOrEqual(t, median(r.p99[server]), median(r.p50[server]), name)
	}
	assert.Positive(t, r.libraryStart[0])
	assert.Positive(t, r.programStart[0])
	written, err := os.Stat(profile)
	require.NoError(t, err)
	assert.NotZero(t, written.Size(), "the emulator shut down cleanly and wrote its profile")
}

func TestMeasureRefusesBadFlags(t *testing.T) {
	_, err := plan{load: load{connections: 16, time: time.Second, requests: 10}, rounds: 1, starts: 1}.measure(t.Context())
	assert.ErrorContains(t, err, "-requests at least as many as -connections")
}
