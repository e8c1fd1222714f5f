// Package modroot finds the root of the module that a directory belongs to.
package modroot

import (
	"os"
	"path/filepath"
)

// Find returns the nearest directory at or above dir that has a go.mod file; false if there is none.
func Find(dir string) (string, bool) {
	for {
		if info, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil && info.Mode().IsRegular() {
			return dir, true
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", false
		}
		dir = parent
	}
}
