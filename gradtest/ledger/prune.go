package ledger

import (
	"context"
	"errors"
	"path/filepath"
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
	f, keep := d.folder, dayOf(before)
	err = f.locked(ctx, "prune", func() error {
		names, err := f.disk.Names(f.path)
		if err != nil {
			return dirError("prune", f.path, err)
		}
		var faults []error
		for _, name := range names {
			of, ok := dayIn(name)
			if !ok || of >= keep {
				continue
			}
			if df := f.days[of]; df != nil {
				delete(f.days, of)
				faults = append(faults, df.retire())
			}
			if err := f.disk.Remove(filepath.Join(f.path, name)); err != nil {
				faults = append(faults, err)
				continue
			}
			files++
		}
		if files > 0 {
			faults = append(faults, f.disk.SyncDir(f.path))
		}
		return dirError("prune", f.path, errors.Join(faults...))
	})
	return files, err
}
