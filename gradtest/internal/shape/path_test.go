package shape

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestPath(t *testing.T) {
	var root path
	assert.Empty(t, root.String())
	assert.Empty(t, root.last())
	assert.Zero(t, root.index())
	p := root.member("records", nil).item(2, nil).member("extension", nil).member("id", anything)
	assert.Equal(t, "records[2].extension.id", p.String())
	assert.Equal(t, "records.extension.id", p.dotted())
	assert.Equal(t, "id", p.last())
	assert.Equal(t, "extension", p.parent())
	assert.Equal(t, 2, p[:2].index())
	assert.True(t, p.inside(anything))
	assert.False(t, p[:3].inside(anything))
}
