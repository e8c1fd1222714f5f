package claims

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
)

func TestFailTogether(t *testing.T) {
	share := func(errors, calls int) criteria.Ratio {
		return criteria.Ratio{Budget: criteria.Budget{Errors: errors, Calls: calls, Below: 5}}
	}
	for _, tc := range []struct {
		ratios            []criteria.Ratio
		planned, sessions int
		want              int
	}{
		{nil, 60, 1, 0},
		{[]criteria.Ratio{share(0, 0)}, 21, 1, 1},
		{[]criteria.Ratio{share(0, 0)}, 60, 1, 2},  // 3 of 60 are 5 %
		{[]criteria.Ratio{share(0, 0)}, 61, 1, 3},  // 3 of 61 are less
		{[]criteria.Ratio{share(0, 40)}, 21, 1, 3}, // those that are under way count
		{[]criteria.Ratio{share(2, 40)}, 21, 1, 1},
		{[]criteria.Ratio{share(3, 40)}, 21, 1, 1}, // no room: one at a time, as the budget for single calls decides
		{[]criteria.Ratio{share(0, 400), share(0, 100)}, 1, 1, 5},
		{[]criteria.Ratio{share(0, 200)}, 1, 4, 2},
		{[]criteria.Ratio{share(0, 0)}, 61, 8, 1},
	} {
		assert.Equal(t, tc.want, failTogether(tc.ratios, tc.planned, tc.sessions), "%+v", tc)
	}
}
