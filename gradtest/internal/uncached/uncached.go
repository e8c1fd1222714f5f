// Package uncached keeps `go test` from caching the run of a test.
//
// A test that sends real traffic must really run each time, but `go test` skips a package whose inputs are as they
// were. Among the inputs are the files below the module's root that the test opens, by name, size and modification
// time, and a file modified less than two seconds before the check makes the run uncacheable. [Mark] therefore opens
// a file whose modification time lies a day ahead: it is too new whenever the check is made.
package uncached

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Mark makes the run of the calling test uncacheable. dir is a directory below the module's root, created if needed.
// It must be called from the test's own process while a test runs: only then does `go test` log what is opened.
func Mark(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("uncached: %w", err)
	}
	path := filepath.Join(dir, "uncached")
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
	// os.Open and not OpenFile with flags: it is what the test log records as an input.
	f, err = os.Open(path)
	if err != nil {
		return fmt.Errorf("uncached: %w", err)
	}
	return f.Close()
}
