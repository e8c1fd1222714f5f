package suitegen

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/graduationkit/ringcentral/gradtest/internal/atomicfile"
)

// Result is what [Target.Write] has done.
type Result struct {
	Merged
	Created bool // the file is new
}

// Target is a file that a suite is written to.
type Target struct {
	file   string
	dir    Directory
	before []byte // what is there
	exists bool
}

// Open finds out whether a suite can be written to a file: a new one, or one with an App to which it is added. tags are
// build tags. Nothing is written.
func Open(file string, tags ...string) (*Target, error) {
	dir, name := filepath.Split(file)
	if dir == "" {
		dir = "."
	}
	t := &Target{file: file}
	var err error
	if t.dir, err = ReadDirectory(dir, name, tags...); err != nil {
		return nil, err
	}
	t.before, err = os.ReadFile(file)
	switch t.exists = err == nil; {
	case t.exists:
		if _, err = read(t.before); err != nil {
			return nil, fmt.Errorf("suitegen: %w", err)
		}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("suitegen: %w", err)
	case len(t.dir.Apps) > 0:
		return nil, fmt.Errorf("suitegen: %w, %s: a second one would find the first one's calls undeclared; add to that file",
			ErrElsewhere, filepath.Join(dir, t.dir.Apps[0]))
	}
	return t, nil
}

// New reports whether the file does not exist yet.
func (t *Target) New() bool { return !t.exists }

// Suite returns what [Target.Write] would write for a request. It fills in the request's Package and Taken from the
// file's directory.
func (t *Target) Suite(r Request) (Result, error) {
	r.Package, r.Taken = t.dir.Package, append(slices.Clip(r.Taken), t.dir.Taken...)
	if t.exists {
		m, err := Merge(t.before, r)
		return Result{Merged: m}, err
	}
	source, err := Generate(r)
	if err != nil {
		return Result{}, err
	}
	result := Result{Created: true, Merged: Merged{Source: source}}
	endpoints := plan(r.operations())
	result.Scopes = scopesOf(endpoints)
	for _, e := range endpoints {
		result.Added = append(result.Added, key(e.Op))
	}
	return result, nil
}

// Write writes the suite of a request: into a new file, or merged into one that exists, as by [Merge]. A file that
// another program has created or changed since [Open] is left as it is.
func (t *Target) Write(r Request) (Result, error) {
	result, err := t.Suite(r)
	switch {
	case err != nil:
		return Result{}, err
	case !t.exists:
		return result, create(t.file, result.Source)
	case bytes.Equal(t.before, result.Source):
		return result, nil
	}
	return result, replace(t.file, t.before, result.Source)
}

// create writes a file that does not exist yet, in one step.
func create(file string, source []byte) error {
	f, err := atomicfile.Create(file, 0o644)
	if err != nil {
		return fmt.Errorf("suitegen: %w", err)
	}
	if _, err := f.Write(source); err != nil {
		return fmt.Errorf("suitegen: %w", errors.Join(err, f.Discard()))
	}
	err = os.Link(f.Name(), file) // unlike Commit it replaces nothing
	if err != nil && !errors.Is(err, fs.ErrExist) {
		if _, exists := os.Lstat(file); errors.Is(exists, fs.ErrNotExist) { // a file system without links
			return f.Commit()
		}
	}
	if err = errors.Join(err, f.Discard()); err != nil {
		return fmt.Errorf("suitegen: %w", err)
	}
	return nil
}

// replace writes a file in one step, unless it has changed meanwhile. A symbolic link stays one.
func replace(file string, before, source []byte) error {
	if target, err := filepath.EvalSymlinks(file); err == nil {
		file = target
	}
	info, err := os.Stat(file)
	if err != nil {
		return fmt.Errorf("suitegen: %w", err)
	}
	if info.Mode().Perm()&0o200 == 0 {
		return fmt.Errorf("suitegen: %s is read-only: make it writable, and run init again", file)
	}
	f, err := atomicfile.Create(file, info.Mode().Perm())
	if err != nil {
		return fmt.Errorf("suitegen: %w", err)
	}
	_, err = f.Write(source)
	if now, readErr := os.ReadFile(file); err == nil && (readErr != nil || !bytes.Equal(now, before)) {
		err = fmt.Errorf("%s changed meanwhile: nothing is added, run init again", file)
	}
	if err != nil {
		return fmt.Errorf("suitegen: %w", errors.Join(err, f.Discard()))
	}
	if err := f.Commit(); err != nil {
		return fmt.Errorf("suitegen: %w", err)
	}
	return nil
}
