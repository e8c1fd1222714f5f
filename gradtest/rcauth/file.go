package rcauth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/filelock"
)

// File is the [TokenCache] of one machine's processes: a file of mode 0600 with a lock file beside it. Its directory is made
// if needed. It must be of one server, client and user alone.
//
// The platform allows an app five token requests a minute and a user about five sessions (developer guide), and `go
// test ./...` starts a process per package: each with a token of its own would soon revoke those of the others.
func File(path string) TokenCache { return &file{path: path, lock: filelock.New(path + ".lock")} }

type file struct {
	path string
	lock *filelock.Lock
}

// content is what the file holds. The moments are of this machine's clock.
type content struct {
	Obtained time.Time `json:"obtained"`
	Expiry   time.Time `json:"expiry"`
	Sealed   []byte    `json:"sealed"`
}

// Fetch holds the lock while it asks, since whoever waits for it would have to ask as well.
func (f *file) Fetch(ctx context.Context, good func([]byte, time.Duration) bool,
	ask func(context.Context) ([]byte, time.Duration, error)) (kept []byte, err error) {
	if err := os.MkdirAll(filepath.Dir(f.path), 0o700); err != nil {
		return nil, f.fault(err)
	}
	if err := f.lock.Lock(ctx); err != nil {
		if ctx.Err() != nil {
			return nil, err // nothing is wrong with the file
		}
		return nil, f.fault(err)
	}
	defer func() { err = errors.Join(err, f.lock.Unlock()) }()
	if kept, left := f.read(time.Now()); kept != nil && good(kept, left) {
		return kept, nil
	}
	kept, life, err := ask(ctx)
	if err != nil {
		return nil, err
	}
	return kept, f.write(kept, life)
}

// read returns what the file holds and how long that lasts. A file that cannot be read, or not as JSON, holds nothing: it is
// only a cache, and the next token replaces it. So does one that is from the future: the clock was set back since.
func (f *file) read(now time.Time) ([]byte, time.Duration) {
	data, err := os.ReadFile(f.path)
	var c content
	if err != nil || json.Unmarshal(data, &c) != nil || c.Obtained.After(now) {
		return nil, 0
	}
	return c.Sealed, c.Expiry.Sub(now)
}

// write replaces the file at once, so that no reader finds half of it.
func (f *file) write(sealed []byte, life time.Duration) error {
	now := time.Now().UTC().Round(0)
	data, err := json.Marshal(content{now, now.Add(life), sealed})
	if err != nil {
		return f.fault(err)
	}
	tmp, err := os.CreateTemp(filepath.Dir(f.path), filepath.Base(f.path)+".*") // of mode 0600
	if err != nil {
		return f.fault(err)
	}
	_, err = tmp.Write(data)
	if err = errors.Join(err, tmp.Close()); err == nil {
		err = os.Rename(tmp.Name(), f.path)
	}
	if err != nil {
		return f.fault(errors.Join(err, os.Remove(tmp.Name())))
	}
	return nil
}

func (f *file) fault(err error) error {
	return fmt.Errorf("rcauth: the token cannot be shared between processes: make %s writable: %w", filepath.Dir(f.path), err)
}
