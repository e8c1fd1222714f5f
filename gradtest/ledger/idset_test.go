package ledger

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestRecentForgetsOnlyTheOld(t *testing.T) {
	var r idSet
	for i := range 5 * idSetSize {
		r.add(strconv.Itoa(i))
		if i >= idSetSize {
			assert.True(t, r.has(strconv.Itoa(i-idSetSize+1)))
		}
	}
	assert.False(t, r.has("0"))
	assert.LessOrEqual(t, len(r.young)+len(r.old), 2*idSetSize)
}
