package world

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestContentsAreBounded(t *testing.T) {
	w := newScene(t).world
	file := func(size int) *thing {
		return w.add(&thing{kind: "files", id: w.newID(), files: []File{{Name: "a.pdf", Type: "text/plain", Content: make([]byte, size)}}}, testNow)
	}
	first, second := file(keptMost/2), file(keptMost/2)
	assert.Len(t, first.files[0].Content, keptMost/2, "as much as there may be")
	third := file(1)
	assert.Less(t, len(first.files[0].Content), 100, "the oldest gives way")
	assert.Equal(t, "a.pdf", first.files[0].Name)
	assert.Len(t, second.files[0].Content, keptMost/2)
	w.remove(second, testNow)
	fourth := file(keptMost - 1)
	assert.Len(t, third.files[0].Content, 1, "what is gone needs no room")
	assert.Len(t, fourth.files[0].Content, keptMost-1)
	huge := file(keptMost + 1)
	assert.Less(t, w.kept.size, keptMost)
	assert.Less(t, len(huge.files[0].Content), 100)
	assert.Empty(t, second.files, "nor is it remembered")
	w.drop(third)
	assert.Empty(t, w.kept.of)
}

func TestShelfForgetsWhatIsGone(t *testing.T) {
	s := newScene(t, bare)
	for range 10 * queueSlack {
		s.world.remove(s.world.add(&thing{kind: "file", id: s.world.newID(), files: []File{{Content: []byte("a")}}}, s.at), s.at)
	}
	assert.LessOrEqual(t, len(s.world.kept.queue), 2*queueSlack)
	assert.Zero(t, s.world.kept.size)
}
