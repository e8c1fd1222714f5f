package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// fillAll writes the ledgers that are measured.
func fillAll(ctx context.Context, root string) error {
	now := time.Now().UTC()
	return errors.Join(
		fill(ctx, filepath.Join(root, longName, origin), now, 30, 50_000, 24*time.Hour),
		fill(ctx, filepath.Join(root, busyName, origin), now, 1, 100_000, 46*time.Hour),
	)
}

// fill writes periods of calls that end at now, the oldest first. Each call has a record of its slot and one of its
// end.
func fill(ctx context.Context, path string, now time.Time, periods, calls int, period time.Duration) error {
	d, err := ledger.Open(path)
	if err != nil {
		return err
	}
	ops := []rcapi.Operation{
		rcapi.ReadUserCallLog, rcapi.ListMessages, rcapi.ReadExtension, rcapi.ListExtensionDevices, rcapi.ReadUserCallRecord,
	}
	for p := periods - 1; p >= 0; p-- {
		var all []ledger.Record
		if p == periods-1 || p == 0 {
			all = append(all, declaration(ops, now.Add(-time.Duration(p)*period-time.Hour)))
		}
		for i := range calls {
			at := now.Add(-time.Duration(p)*period - period*time.Duration(i)/time.Duration(calls))
			op := ops[i%len(ops)]
			id := fmt.Sprintf("%08x-%04x-%016x", p, i%4096, i)
			all = append(all, ledger.Record{
				Kind: ledger.Reserved, ID: id, At: at.Add(-200 * time.Millisecond), Latest: at.Add(time.Minute), Op: op.ID, Groups: op.Groups(),
			}, ledger.Record{
				Kind: ledger.Done, ID: id, At: at, Sent: at.Add(-150 * time.Millisecond), Op: op.ID, Method: op.Method, Path: op.Path,
				Groups: op.Groups(), Scopes: []string{string(op.Scope)}, Status: 200, RequestID: fmt.Sprintf("%08x-%016x", i, p),
				Signal: window.Signal{Group: string(op.Group), Limit: 50, Window: time.Minute, Remaining: i % 50},
			})
		}
		if err := d.Append(ctx, all...); err != nil {
			return errors.Join(err, d.Close())
		}
	}
	return d.Close()
}

func declaration(ops []rcapi.Operation, at time.Time) ledger.Record {
	r := ledger.Record{
		Kind: ledger.Declared, ID: "declared-" + at.Format(time.RFC3339Nano), At: at,
		Declared: &ledger.Declaration{App: "crm-sync", Policy: "graduation"},
	}
	for _, op := range ops {
		r.Declared.Scopes = append(r.Declared.Scopes, string(op.Scope))
		r.Declared.Endpoints = append(r.Declared.Endpoints, ledger.DeclaredEndpoint{
			Name: op.ID, Op: op.ID, Method: op.Method, Path: op.Path, Group: string(op.Group), Scope: string(op.Scope),
		})
	}
	return r
}
