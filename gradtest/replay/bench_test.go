package replay_test

import (
	"fmt"
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/replay"
)

// BenchmarkPlay plays the last of 50 interactions.
func BenchmarkPlay(b *testing.B) {
	b.Setenv("GRADTEST_RECORD", "1")
	path := b.TempDir() + "/c.yaml"
	r, err := replay.Open(b.Context(), app, path)
	if err != nil {
		b.Fatal(err)
	}
	get := func(r *replay.Replay, n int) {
		if _, _, err := try(r, "GET", fmt.Sprintf("%s?page=%d", own, n), "", ""); err != nil {
			b.Fatal(err)
		}
	}
	for n := range 50 {
		get(r, n)
	}
	if err := r.Close(); err != nil {
		b.Fatal(err)
	}
	b.Setenv("GRADTEST_RECORD", "")
	if r, err = replay.Open(b.Context(), gradtest.App{}, path, replay.Options{Repeat: true}); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		get(r, 49)
	}
}
