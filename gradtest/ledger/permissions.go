package ledger

import (
	"io/fs"
	"slices"

	"github.com/graduationkit/ringcentral/gradtest/internal/owndir"
)

// fileMode and dirMode allow access to the user alone.
const (
	fileMode fs.FileMode = 0o600
	dirMode  fs.FileMode = 0o700
)

// prepare makes dir a directory of gradtest's own, accessible to its user alone.
func prepare(dir string) error { return owndir.Create(dir, 0, isOurs) }

// isOurs reports whether an entry is one that a ledger has in its directory, or a copy of a day's file next to that.
func isOurs(e fs.DirEntry) bool {
	name := e.Name()
	return slices.Contains([]string{lockFile, importLock, aliveDir}, name) ||
		len(name) >= len(dayLayout) && isDay(name[:len(dayLayout)])
}

// Recognize reports whether a directory holds nothing else than a ledger.
func Recognize(dir string) bool { return owndir.Only(dir, isOurs) }
