package ledger

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"time"
)

// Prune implements [Pruner]. A policy looks at two days at most, and the limits at one, so older days can be deleted
// without changing a verdict.
func (d *Dir) Prune(ctx context.Context, before time.Time) (files int, err error) {
	if err := d.writable(ctx, "prune"); err != nil {
		return 0, err
	}
	f, keep := d.shared, dayOf(before)
	err = f.locked(ctx, "prune", func() error {
		all, err := f.storedDays()
		if err == nil {
			old := slices.DeleteFunc(all, func(of day) bool { return of >= keep })
			files, err = f.removeDays(old)
		}
		return dirError("prune", f.path, err)
	})
	return files, err
}

// daysKept is the number of days that a ledger keeps without being pruned, so that it does not grow for ever. It is far
// more than any policy looks at. Files are counted instead of comparing dates, because a wrong clock must not delete
// new evidence.
const daysKept = 31

// rotate deletes the oldest days after b has begun a new one. What cannot be deleted now is tried again the next day. A
// past day can begin too, when evidence is imported; that deletes nothing, or one batch of an import would delete the
// days of another. The caller holds the directory lock.
func (f *sharedDir) rotate(b *batch) {
	begun := func(p part) bool { return p.start == 0 && p.day >= dayOf(time.Now()) }
	if !slices.ContainsFunc(b.parts, begun) {
		return
	}
	if all, err := f.storedDays(); err == nil && len(all) > daysKept {
		_, _ = f.removeDays(slices.DeleteFunc(all[:len(all)-daysKept], b.has))
	}
}

// storedDays lists the days that have a file, in order.
func (f *sharedDir) storedDays() ([]day, error) {
	names, err := f.disk.Names(f.path)
	if err != nil {
		return nil, err
	}
	var all []day
	for _, name := range names {
		if of, ok := dayIn(name); ok {
			all = append(all, of)
		}
	}
	slices.Sort(all)
	return all, nil
}

// removeDays deletes the files of days and returns how many it could delete.
func (f *sharedDir) removeDays(old []day) (files int, err error) {
	var faults []error
	for _, of := range old {
		if df := f.days[of]; df != nil {
			delete(f.days, of)
			faults = append(faults, df.retire())
		}
		if err := f.disk.Remove(filepath.Join(f.path, of.file())); err != nil {
			faults = append(faults, err)
			continue
		}
		files++
	}
	if files > 0 {
		faults = append(faults, f.disk.SyncDir(f.path))
	}
	return files, errors.Join(faults...)
}
