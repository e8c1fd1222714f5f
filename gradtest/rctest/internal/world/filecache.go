package world

import "slices"

// fileCacheLimit bounds the contents of files that a world keeps, in bytes. When there is more, the oldest give way to the smallest
// sample of their type: what was uploaded lately can be downloaded as it was.
const fileCacheLimit = 32 << 20

// fileCacheSlack is how many entries for what has left the shelf are not worth tidying up.
const fileCacheSlack = 100

// fileCache is what has files.
type fileCache struct {
	queue      []*cachedFiles // oldest first, with some that are no longer there
	byResource map[*Resource]*cachedFiles
	size       int // of all contents
}

// cachedFiles are the files of one resource; size is zero when they have left the shelf.
type cachedFiles struct {
	resource *Resource
	size     int
}

// cacheFiles puts a resource's files on the shelf. What gets other files is kept again.
func (w *World) cacheFiles(t *Resource) {
	w.dropFiles(t)
	if len(t.Files) == 0 {
		return
	}
	s := &w.files
	if s.byResource == nil {
		s.byResource = make(map[*Resource]*cachedFiles)
	}
	// those that left would stay until the shelf is full, which it may never be
	if len(s.queue) > 2*len(s.byResource)+fileCacheSlack {
		s.queue = slices.DeleteFunc(s.queue, func(k *cachedFiles) bool { return k.resource == nil })
	}
	k := &cachedFiles{t, t.weight()}
	s.queue, s.byResource[t] = append(s.queue, k), k
	for s.size += k.size; s.size > fileCacheLimit; s.queue = s.queue[1:] {
		if oldest := s.queue[0]; oldest.size > 0 {
			t := oldest.resource
			w.dropFiles(t)
			t.Files = sampleFiles(t.Files)
		}
	}
}

// dropFiles takes a resource's files off the shelf.
func (w *World) dropFiles(t *Resource) {
	s := &w.files
	if k := s.byResource[t]; k != nil {
		s.size -= k.size
		k.resource, k.size = nil, 0
		delete(s.byResource, t)
	}
}

func (t *Resource) weight() int {
	n := 0
	for _, f := range t.Files {
		n += len(f.Content)
	}
	return n
}

// sampleFiles replace the contents of files. Names and types are kept.
func sampleFiles(files []File) []File {
	out := make([]File, len(files))
	for i, f := range files {
		out[i] = File{Name: f.Name, Type: f.Type, Content: SampleFile(f.Type).Content}
	}
	return out
}
