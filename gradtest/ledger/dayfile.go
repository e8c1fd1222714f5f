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
)

// day is a UTC day in the form 2006-01-02, which sorts chronologically.
type day string

const (
	dayLayout = "2006-01-02"
	daySuffix = ".jsonl"
)

func dayOf(t time.Time) day { return day(t.UTC().Format(dayLayout)) }

func (d day) file() string { return string(d) + daySuffix }

// dayIn returns the day whose records are in the file of that name. ok is false if it is not the file of a day.
func dayIn(name string) (d day, ok bool) {
	text, ok := strings.CutSuffix(name, daySuffix)
	if !ok {
		return "", false
	}
	return day(text), isDay(text)
}

func isDay(text string) bool {
	_, err := time.Parse(dayLayout, text)
	return err == nil
}

// days lists the days from a to b inclusive.
func days(a, b time.Time) []day {
	var all []day
	for t := a.UTC().Truncate(24 * time.Hour); !t.After(b); t = t.Add(24 * time.Hour) {
		all = append(all, dayOf(t))
	}
	return all
}

// dayFile is the file of one UTC day, open for writing. Every method except secure requires the directory lock.
type dayFile struct {
	path   string
	disk   disk
	f      file
	info   fs.FileInfo // identifies the file, in case another one replaces it
	end    int64       // size after this process's last write, where a line is known to end; -1: unknown
	head   head        // head of the chain at end
	buf    []byte      // for the next write
	named  bool        // the directory entry is durable; accessed only by the sync in progress
	commit groupCommit

	mu      sync.Mutex
	waiting int // number of callers that wait for a sync
	retired bool
}

// openDay opens the day's file in dir and creates it if necessary.
func openDay(dk disk, dir string, d day) (*dayFile, error) {
	path := filepath.Join(dir, d.file())
	f, err := dk.OpenFile(path, os.O_RDWR|os.O_CREATE)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil {
		err = readable(info)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	df := &dayFile{path: path, disk: dk, f: f, info: info}
	df.commit.sync = df.sync
	return df, nil
}

// current reports whether the path still names this file, and returns its size.
func (d *dayFile) current() (size int64, ok bool, err error) {
	info, err := d.disk.Stat(d.path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, err
	}
	return info.Size(), os.SameFile(info, d.info), readable(info)
}

// tail returns what a writer has to know of the file's end, at size.
func (d *dayFile) tail(size int64) (tail, error) {
	switch size {
	case d.end:
		return tail{head: d.head}, nil
	case 0:
		return tail{}, nil
	}
	t, err := tailOf(d.f, size)
	if err != nil {
		return t, &WriteError{File: d.path, Err: err}
	}
	return t, nil
}

// write appends whole lines at size, the end of the file, after which the head of the chain is h. If a killed writer
// left an unfinished line there, text begins with what closes it, so that nothing is ever merged with it. After an
// error the file is as it was before, unless the error says otherwise.
func (d *dayFile) write(text []byte, size int64, h head) error {
	n, err := d.f.WriteAt(text, size)
	if err == nil && n < len(text) {
		err = io.ErrShortWrite
	}
	if err != nil {
		return &WriteError{File: d.path, Torn: d.undo(size) != nil, Err: err}
	}
	d.end, d.head = size+int64(len(text)), h
	return nil
}

// undo removes everything from size on.
func (d *dayFile) undo(size int64) error {
	d.end, d.head = -1, head{}
	return d.f.Truncate(size)
}

// sync makes the file's contents durable and, the first time, its directory entry.
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

// hold keeps the file open until secure has been called as often as hold.
func (d *dayFile) hold() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.waiting++
}

// secure waits until write number n is durable.
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

// retire closes the file as soon as nothing waits for a sync.
func (d *dayFile) retire() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.retired = true
	if d.waiting > 0 {
		return nil
	}
	return d.f.Close()
}
