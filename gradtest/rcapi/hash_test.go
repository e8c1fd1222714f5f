package rcapi

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestHash: the hash is stable, and every kind of fact changes it.
func TestHash(t *testing.T) {
	was := Hash()
	assert.Regexp(t, "^sha256:[0-9a-f]{64}$", was)
	assert.Equal(t, was, Hash())
	o := table[7]
	kept := *o
	defer func() { *o = kept }()
	for name, change := range map[string]func(){
		"group": func() { o.Group = "other" }, "scope": func() { o.Scope = "Other" }, "path": func() { o.Path += "/x" },
		"success": func() { o.Success = []int{299} }, "editions": func() { o.editions ^= 1 }, "permission": func() { o.Permission = "Other" },
	} {
		change()
		assert.NotEqual(t, was, Hash(), name)
		*o = kept
	}
	assert.Equal(t, was, Hash())
}

func BenchmarkHash(b *testing.B) {
	for b.Loop() {
		Hash()
	}
}
