package criteria

import (
	"math/big"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSmallest(t *testing.T) {
	for errors, total := range map[int]int{0: 0, 1: 21, 2: 41, 3: 61, 50: 1001} {
		assert.Equal(t, total, smallest(errors, defaultBelow))
		if errors > 0 {
			assert.Equal(t, 20*errors+1, smallest(errors, defaultBelow))
			assert.True(t, Budget{Errors: errors, Calls: total}.OK())
			assert.False(t, Budget{Errors: errors, Calls: total - 1}.OK())
		}
	}
}

// TestBudgetExhaustively compares with fractions: every method, every small budget, several thresholds.
func TestBudgetExhaustively(t *testing.T) {
	for _, below := range []int{1, 5, 7, 50, 100} {
		share := big.NewRat(int64(below), 100)
		holds := func(errors, calls int) bool {
			return errors == 0 || big.NewRat(int64(errors), int64(calls)).Cmp(share) < 0
		}
		for calls := 0; calls < 45; calls += 3 {
			for errors := range min(calls, 4) + 1 {
				for planned := range 23 {
					b := Budget{Errors: errors, Calls: calls, Planned: planned, Below: below}
					short := 0
					for more := range planned + 1 {
						ok := holds(errors+more, calls+planned)
						if ok != b.Allows(more) {
							t.Fatalf("%+v allows %d more errors: %v", b, more, !ok)
						}
					}
					for !holds(errors, calls+planned+short) {
						short++
					}
					got := []any{b.OK(), b.Short()}
					if want := []any{holds(errors, calls), short}; !slices.Equal(want, got) {
						t.Fatalf("%+v: ok, short are %v, want %v", b, got, want)
					}
				}
			}
		}
	}
}

func TestBudgetZeroBelowIsFive(t *testing.T) {
	assert.True(t, Budget{Errors: 1, Calls: 21}.OK())
	assert.False(t, Budget{Errors: 1, Calls: 20}.OK())
	assert.False(t, Budget{Calls: 19, Planned: 1}.Allows(1))
	assert.True(t, Budget{Calls: 19, Planned: 2}.Allows(1))
	assert.False(t, Budget{Calls: 5}.Allows(1), "an error that was not planned is a call too")
}

func TestBudgetPercentIsRoundedDown(t *testing.T) {
	for want, b := range map[string]Budget{
		"0.0 %": {}, "5.0 %": {Errors: 1, Calls: 20}, "4.9 %": {Errors: 4999, Calls: 100000}, "33.3 %": {Errors: 1, Calls: 3}, "100.0 %": {Errors: 2, Calls: 2},
	} {
		assert.Equal(t, want, b.Percent())
	}
}
