package criteria

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAttemptsFind compares with a map over enough ids to grow several times, some of them without an id.
func TestAttemptsFind(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	var a attempts
	want := map[string]int32{}
	next := int32(0)
	for range 50_000 {
		if rnd.IntN(10) == 0 {
			a.skip()
			next++
			continue
		}
		id := fmt.Sprint(rnd.IntN(20_000))
		i, found := a.find(id)
		kept, ok := want[id]
		require.Equal(t, ok, found, id)
		if !ok {
			kept, want[id] = next, next
			next++
		}
		require.Equal(t, kept, i, id)
	}
}
