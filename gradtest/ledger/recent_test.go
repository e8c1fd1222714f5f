package ledger

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestRecentForgetsOnlyTheOld(t *testing.T) {
	var r recent
	for i := range 5 * mostRecent {
		r.add(strconv.Itoa(i))
		if i >= mostRecent {
			assert.True(t, r.has(strconv.Itoa(i-mostRecent+1)))
		}
	}
	assert.False(t, r.has("0"))
	assert.LessOrEqual(t, len(r.young)+len(r.old), 2*mostRecent)
}
