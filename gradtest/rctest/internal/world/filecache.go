package world

import "slices"

// fileCacheLimit bounds the file contents that a world keeps, in bytes. Beyond it, the oldest are replaced by the
// smallest sample of their type, so recent uploads can be downloaded unchanged.
const fileCacheLimit = 32 << 20

// fileCacheSlack is how many stale entries are tolerated before a clean-up.
const fileCacheSlack = 100

// fileCache keeps the files of resources.
type fileCache struct {
	queue      []*cachedFiles // oldest first, with some that are no longer there
	byResource map[*Resource]*cachedFiles
	size       int // of all contents
}

// cachedFiles are the files of one resource; size is zero after they were dropped.
type cachedFiles struct {
	resource *Resource
	size     int
}

// cacheFiles keeps a resource's files. New files of the same resource replace them.
func (w *World) cacheFiles(t *Resource) {
	w.dropFiles(t)
	if len(t.Files) == 0 {
		return
	}
	s := &w.files
	if s.byResource == nil {
		s.byResource = make(map[*Resource]*cachedFiles)
	}
	// stale entries would stay until the cache is full, which may never happen
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

// dropFiles removes a resource's files from the cache.
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
