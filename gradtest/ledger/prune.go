package ledger

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"time"
)

// Prune removes the files of all UTC days that were over before the moment given, and returns how many. What
// [Graduation] and the other policies look at is at most two days old, the limits one.
//
// [Graduation]: https://pkg.go.dev/github.com/graduationkit/ringcentral/gradtest/criteria
func (d *Dir) Prune(ctx context.Context, before time.Time) (files int, err error) {
	if err := d.usable(ctx); err != nil {
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

// daysKept is how many days of evidence a ledger keeps by itself, so that it does not grow for ever: far more than any
// policy looks at. Files are counted and not dates compared, for a clock that is wrong must not remove what is new.
const daysKept = 31

// rotate removes the oldest days when b has begun one. What cannot be removed is left for the next day: it is in nobody's
// way. Days that are over begin only where evidence is brought in from elsewhere: it ends nothing, least of all what the
// same import has just brought in. It is called under the directory's lock.
func (f *sharedDir) rotate(b *batch) {
	begun := func(p part) bool { return p.start == 0 && p.day >= dayOf(time.Now()) }
	if !slices.ContainsFunc(b.parts, begun) {
		return
	}
	if all, err := f.storedDays(); err == nil && len(all) > daysKept {
		_, _ = f.removeDays(slices.DeleteFunc(all[:len(all)-daysKept], b.has))
	}
}

// kept is the days there are, in order.
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

// drop removes days, as many as can be.
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
