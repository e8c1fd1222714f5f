package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestQuantile(t *testing.T) {
	hundred := make([]int, 100)
	for i := range hundred {
		hundred[i] = i + 1
	}
	for _, tc := range []struct {
		values []int
		q      float64
		want   int
	}{
		{nil, 0.5, 0},
		{[]int{7}, 0, 7},
		{[]int{7}, 0.99, 7},
		{[]int{1, 2}, 0.5, 1},
		{[]int{1, 2}, 0.51, 2},
		{[]int{1, 2, 3}, 0.5, 2},
		{hundred, 0, 1},
		{hundred, 0.07, 7},
		{hundred, 0.5, 50},
		{hundred, 0.99, 99},
		{hundred, 0.991, 100},
		{hundred, 1, 100},
		{hundred[:99], 0.99, 99},
	} {
		assert.Equal(t, tc.want, quantile(tc.values, tc.q), "%v of %d values", tc.q, len(tc.values))
	}
}

func TestQuantileIsAsItIsDefined(t *testing.T) {
	for n := 1; n <= 300; n++ {
		values := make([]int, n)
		for i := range values {
			values[i] = i
		}
		for percent := 1; percent <= 100; percent++ {
			got := quantile(values, float64(percent)/100) // got+1 values do not exceed it
			assert.GreaterOrEqual(t, (got+1)*100, percent*n, "%d %% of %d", percent, n)
			assert.Less(t, got*100, percent*n, "%d %% of %d: a smaller value would do", percent, n)
		}
	}
}

func TestMedian(t *testing.T) {
	values := []float64{3, 1, 2}
	assert.Equal(t, 2.0, median(values))
	assert.Equal(t, []float64{3, 1, 2}, values, "not reordered")
}
