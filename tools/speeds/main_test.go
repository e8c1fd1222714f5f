package main

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

func TestTable(t *testing.T) {
	var b strings.Builder
	require.NoError(t, write(&b, []measured{
		{"status", 205 * time.Millisecond, 400 * time.Millisecond, 57 * megabyte, bound{300 * time.Millisecond, 0}},
		{"report", 700 * time.Millisecond, time.Second, 251 * megabyte, bound{time.Second, 200 * megabyte}},
		{"line", 712 * time.Nanosecond, 0, 0, bound{took: 2 * time.Microsecond}},
	}))
	assert.Equal(t, `          WHAT    TIME   BOUND  CPU    MEMORY  BOUND
ok        status  205ms  300ms  400ms  57 MB   -
TOO MUCH  report  700ms  1s     1s     251 MB  200 MB
ok        line    710ns  2µs    -      -       -
`, b.String())
}

func TestFill(t *testing.T) {
	dir := t.TempDir() + "/" + origin
	now := time.Now()
	require.NoError(t, fill(t.Context(), dir, now, 2, 10, time.Hour))
	d, err := ledger.OpenReadOnly(dir)
	require.NoError(t, err)
	defer d.Close()
	s, err := d.Survey(t.Context(), time.Time{})
	require.NoError(t, err)
	assert.Equal(t, 2*2*10+2, s.Records)
	assert.Len(t, s.Declared, 2)
	assert.False(t, s.Last.After(now))
}
