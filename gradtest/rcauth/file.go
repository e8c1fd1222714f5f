package rcauth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/atomicfile"
	"github.com/graduationkit/ringcentral/gradtest/internal/filelock"
	"github.com/graduationkit/ringcentral/gradtest/internal/owndir"
)

// File returns the [TokenCache] of the processes of one machine: a file of mode 0600, and a lock file path.lock next to
// it. The directory is created if needed. If other users can write to it, it is closed to them when it holds nothing
// but tokens, and refused otherwise. Each server, client and user needs a file of its own.
//
// The platform allows an app five token requests a minute and a user about five sessions (developer guide), and `go
// test ./...` starts a process per package. If each requested a token, they would soon revoke each other's.
func File(path string) TokenCache { return &file{path: path, lock: filelock.New(path + ".lock")} }

type file struct {
	path string
	lock *filelock.Lock
}

// content is what the file holds. Times are of this machine's clock.
type content struct {
	Obtained time.Time `json:"obtained"`
	Expiry   time.Time `json:"expiry"`
	Sealed   []byte    `json:"sealed"`
}

// Fetch holds the lock during the request: without a token, a process that waits for the lock has nothing else to do.
func (f *file) Fetch(ctx context.Context, usable func([]byte, time.Duration) bool,
	request func(context.Context) ([]byte, time.Duration, error)) (sealed []byte, err error) {
	if err := owndir.Close(filepath.Dir(f.path), f.made); err != nil {
		return nil, f.fault(err)
	}
	if err := f.lock.Lock(ctx); err != nil {
		if ctx.Err() != nil {
			return nil, err // nothing is wrong with the file
		}
		return nil, f.fault(err)
	}
	defer func() { err = errors.Join(err, f.lock.Unlock()) }()
	if sealed, left := f.read(time.Now()); sealed != nil && usable(sealed, left) {
		return sealed, nil
	}
	sealed, life, err := request(ctx)
	if err != nil {
		return nil, err
	}
	return sealed, f.write(sealed, life)
}

// read returns the cached token and its remaining life. A file that is missing or damaged is treated as empty, and the
// next token replaces it. So is one from the future: the clock has been set back, and its expiry cannot be trusted.
func (f *file) read(now time.Time) ([]byte, time.Duration) {
	data, err := os.ReadFile(f.path)
	var c content
	if err != nil || json.Unmarshal(data, &c) != nil || c.Obtained.After(now) {
		return nil, 0
	}
	return c.Sealed, c.Expiry.Sub(now)
}

func (f *file) write(sealed []byte, life time.Duration) error {
	now := time.Now().UTC().Round(0)
	data, err := json.Marshal(content{now, now.Add(life), sealed})
	if err != nil {
		return f.fault(err)
	}
	next, err := atomicfile.Create(f.path, 0o600)
	if err != nil {
		return f.fault(err)
	}
	if _, err := next.Write(data); err != nil {
		return f.fault(errors.Join(err, next.Discard()))
	}
	if err := next.Commit(); err != nil {
		return f.fault(err)
	}
	return nil
}

// made reports whether an entry is one that token caches make: a token, its lock, a token not yet in place. Those of
// other users of the app end in .json, see evidence.TokenFile.
func (f *file) made(e fs.DirEntry) bool {
	name := e.Name()
	return e.Type().IsRegular() && (strings.Contains(name, filepath.Base(f.path)) || strings.Contains(name, ".json"))
}

func (f *file) fault(err error) error {
	if open, ok := errors.AsType[*owndir.OpenError](err); ok {
		return fmt.Errorf("rcauth: cannot share the token between processes in %s: %w", filepath.Dir(f.path), open)
	}
	return fmt.Errorf("rcauth: cannot share the token between processes: make %s writable: %w", filepath.Dir(f.path), err)
}
