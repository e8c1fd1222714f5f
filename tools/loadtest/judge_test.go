package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestViolations(t *testing.T) {
	second := int64(time.Second)
	for _, tc := range []struct {
		name     string
		arrivals []int64
		limit    int
		want     int
		least    time.Duration
	}{
		{"exactly a window apart", []int64{0, 1, second, second + 1}, 2, 0, time.Second},
		{"one too early", []int64{0, 1, second - 1, second + 1}, 2, 1, time.Second - 1},
		{"in any order", []int64{second + 1, 1, second - 1, 0}, 2, 1, time.Second - 1},
		{"a bucket of tokens lets twice the limit through", []int64{0, 0, second / 2, second / 2, second}, 2, 3, time.Second / 2},
		{"fewer than the limit", []int64{5}, 2, 0, 1<<63 - 1},
	} {
		n, least := violations(tc.arrivals, tc.limit, time.Second)
		assert.Equal(t, tc.want, n, tc.name)
		assert.Equal(t, tc.least, least, tc.name)
	}
}

func TestPercentile(t *testing.T) {
	all := make([]int64, 101)
	for i := range all {
		all[i] = int64(i)
	}
	assert.EqualValues(t, 50, percentile(all, 50))
	assert.EqualValues(t, 99, percentile(all, 99))
	assert.Zero(t, percentile(nil, 50))
}
