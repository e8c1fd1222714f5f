// Package uncached keeps `go test` from caching the run of a test.
//
// A test that sends real traffic must run every time, but `go test` skips a package whose inputs have not changed.
// The files below the module's root that a test opens are inputs, by name, size and modification time, and a file
// modified less than two seconds before the check makes the run uncacheable. [Mark] opens a file whose modification
// time is a day ahead, so it is always too new.
package uncached

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Name is the name of the file.
const Name = "uncached"

// Mark makes the run of the calling test uncacheable. dir is an existing directory below the module's root. Call it in
// the test's own process while a test runs: only then does `go test` log the files that are opened.
func Mark(dir string) error {
	path := filepath.Join(dir, Name)
	// A link would lead out of the directory, and opening a FIFO would wait.
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("uncached: %s is not a regular file: remove it", path)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("uncached: %w", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("uncached: %w", err)
	}
	ahead := time.Now().Add(24 * time.Hour)
	if err := os.Chtimes(path, ahead, ahead); err != nil {
		return fmt.Errorf("uncached: %w", err)
	}
	// The test log records os.Open as an input, but not OpenFile with these flags.
	f, err = os.Open(path)
	if err != nil {
		return fmt.Errorf("uncached: %w", err)
	}
	return f.Close()
}
