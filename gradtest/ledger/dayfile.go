package ledger

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger/internal/lines"
)

// day is a UTC day as 2006-01-02, which sorts as the days do.
type day string

const (
	dayLayout = "2006-01-02"
	daySuffix = ".jsonl"
)

func dayOf(t time.Time) day { return day(t.UTC().Format(dayLayout)) }

func (d day) file() string { return string(d) + daySuffix }

// dayIn is the day whose records the file of that name holds.
func dayIn(name string) (d day, ok bool) {
	text, ok := strings.CutSuffix(name, daySuffix)
	if !ok {
		return "", false
	}
	if _, err := time.Parse(dayLayout, text); err != nil {
		return "", false
	}
	return day(text), true
}

// days is the days from a to b, both included.
func days(a, b time.Time) []day {
	var all []day
	for t := a.UTC().Truncate(24 * time.Hour); !t.After(b); t = t.Add(24 * time.Hour) {
		all = append(all, dayOf(t))
	}
	return all
}

// dayFile is the evidence of one UTC day, open for writing. All but commit.wait is called under the directory's lock.
type dayFile struct {
	path   string
	disk   disk
	f      file
	info   fs.FileInfo // which file it is
	end    int64       // its size after this process's last write: up to there it is known to end with a line
	named  bool        // its name in the directory is durable; used by the one sync under way alone
	commit groupCommit

	mu      sync.Mutex
	waiting int // for the file to be synced
	retired bool
}

// openDay opens the day's file in dir, making it if there is none.
func openDay(dk disk, dir string, d day) (*dayFile, error) {
	path := filepath.Join(dir, d.file())
	f, err := dk.OpenFile(path, os.O_RDWR|os.O_CREATE)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	df := &dayFile{path: path, disk: dk, f: f, info: info}
	df.commit.sync = df.sync
	return df, nil
}

// current tells whether the file is still the one that other processes find, and how long it is.
func (d *dayFile) current() (size int64, ok bool, err error) {
	info, err := d.disk.Stat(d.path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, err
	}
	return info.Size(), os.SameFile(info, d.info), nil
}

// write adds whole lines at size, the file's end. A line that a killed writer left unfinished is closed off first, so
// that nothing is ever merged with it. On an error the file is as it was, unless the error says otherwise.
func (d *dayFile) write(text []byte, size int64) error {
	if size != d.end {
		whole, err := d.endsLine(size)
		if err != nil {
			return &WriteError{File: d.path, Err: err}
		}
		if !whole {
			text = append([]byte(lines.TornMark+"\n"), text...)
		}
	}
	n, err := d.f.WriteAt(text, size)
	if err == nil && n < len(text) {
		err = io.ErrShortWrite
	}
	if err != nil {
		return &WriteError{File: d.path, Torn: d.undo(size) != nil, Err: err}
	}
	d.end = size + int64(len(text))
	return nil
}

// undo takes back what was written from size on.
func (d *dayFile) undo(size int64) error {
	d.end = -1
	return d.f.Truncate(size)
}

func (d *dayFile) endsLine(size int64) (bool, error) {
	if size == 0 {
		return true, nil
	}
	var last [1]byte
	if n, err := d.f.ReadAt(last[:], size-1); n < 1 {
		return false, err
	}
	return last[0] == '\n', nil
}

// sync makes what was written durable, and the file's name with the first time.
func (d *dayFile) sync() error {
	if err := d.f.Sync(); err != nil {
		return &SyncError{File: d.path, Err: err}
	}
	if d.named {
		return nil
	}
	if err := d.disk.SyncDir(filepath.Dir(d.path)); err != nil {
		return &SyncError{File: d.path, Err: err}
	}
	d.named = true
	return nil
}

// hold keeps the file open until secure has returned as often.
func (d *dayFile) hold() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.waiting++
}

// secure returns when write number n is durable.
func (d *dayFile) secure(n uint64) error {
	err := d.commit.wait(n)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.waiting--
	if d.retired && d.waiting == 0 {
		err = errors.Join(err, d.f.Close())
	}
	return err
}

// retire closes the file once nobody waits for it any more.
func (d *dayFile) retire() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.retired = true
	if d.waiting > 0 {
		return nil
	}
	return d.f.Close()
}
