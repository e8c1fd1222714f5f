package world

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestContentsAreBounded(t *testing.T) {
	w := newTestWorld()
	file := func(size int) *Resource {
		return w.Add(&Resource{Kind: "files", ID: w.NewID(), Files: []File{{Name: "a.pdf", Type: "text/plain",
			Content: make([]byte, size)}}}, testNow)
	}
	first, second := file(fileCacheLimit/2), file(fileCacheLimit/2)
	assert.Len(t, first.Files[0].Content, fileCacheLimit/2, "as much as there may be")
	third := file(1)
	assert.Less(t, len(first.Files[0].Content), 100, "the oldest gives way")
	assert.Equal(t, "a.pdf", first.Files[0].Name)
	assert.Len(t, second.Files[0].Content, fileCacheLimit/2)
	w.Remove(second, testNow)
	fourth := file(fileCacheLimit - 1)
	assert.Len(t, third.Files[0].Content, 1, "what is gone needs no room")
	assert.Len(t, fourth.Files[0].Content, fileCacheLimit-1)
	huge := file(fileCacheLimit + 1)
	assert.Less(t, w.files.size, fileCacheLimit)
	assert.Less(t, len(huge.Files[0].Content), 100)
	assert.Empty(t, second.Files, "nor is it remembered")
	w.dropFiles(third)
	assert.Empty(t, w.files.byResource)
}

func TestShelfForgetsWhatIsGone(t *testing.T) {
	w := newTestWorld()
	for range 10 * fileCacheSlack {
		w.Remove(w.Add(&Resource{Kind: "file", ID: w.NewID(), Files: []File{{Content: []byte("a")}}}, testNow), testNow)
	}
	assert.LessOrEqual(t, len(w.files.queue), 2*fileCacheSlack)
	assert.Zero(t, w.files.size)
}
