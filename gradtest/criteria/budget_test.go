package criteria

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSmallest(t *testing.T) {
	for errors, total := range map[int]int{0: 0, 1: 21, 2: 41, 3: 61, 50: 1001} {
		assert.Equal(t, total, Smallest(errors))
		if errors > 0 {
			assert.Equal(t, 20*errors+1, Smallest(errors))
			assert.True(t, Budget{Errors: errors, Calls: total}.OK())
			assert.False(t, Budget{Errors: errors, Calls: total - 1}.OK())
		}
	}
}

// TestBudgetExhaustively compares with fractions: every method, every small budget, several thresholds.
func TestBudgetExhaustively(t *testing.T) {
	holds := func(errors, calls, below int) bool {
		return errors == 0 || big.NewRat(int64(errors), int64(calls)).Cmp(big.NewRat(int64(below), 100)) < 0
	}
	for _, below := range []int{1, 3, 5, 7, 50, 100} {
		for calls := range 45 {
			for errors := range min(calls, 6) + 1 {
				for planned := range 25 {
					b := Budget{Errors: errors, Calls: calls, Planned: planned, Below: below}
					require.Equal(t, holds(errors, calls, below), b.OK(), "%+v", b)
					left := 0
					for more := range planned + 1 {
						ok := holds(errors+more, calls+planned, below)
						require.Equal(t, ok, b.Allows(more), "%+v %d", b, more)
						if ok {
							left = more
						}
					}
					require.Equal(t, left, b.Left(), "%+v", b)
					short := 0
					for !holds(errors, calls+planned+short, below) {
						short++
					}
					require.Equal(t, short, b.Short(), "%+v", b)
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
