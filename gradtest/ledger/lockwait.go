package ledger

import (
	"fmt"
	"path/filepath"
)

// NotifyWait implements [WaitNotifier]: what Dirs wait for is the lock of their directory. Processes hold it for less
// than a millisecond at a time, so one that holds it for seconds is stopped, or its disk does not answer.
func (d *Dir) NotifyWait(say func(what string)) (stop func()) {
	f := d.shared
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.listeners == nil {
		f.listeners = make(map[*func(string)]struct{})
	}
	f.listeners[&say] = struct{}{}
	return func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.listeners, &say)
	}
}

// sayWait says that a lock file in the directory is held by another process.
func (f *sharedDir) sayWait(name string) {
	f.mu.Lock()
	all := make([]func(string), 0, len(f.listeners))
	for say := range f.listeners {
		all = append(all, *say)
	}
	f.mu.Unlock()
	path := filepath.Join(f.path, name)
	for _, say := range all {
		say(fmt.Sprintf("another process holds the lock of the ledger (%s): it is stopped, or the disk does not answer; "+
			"this goes on when it lets go or ends", path))
	}
}
