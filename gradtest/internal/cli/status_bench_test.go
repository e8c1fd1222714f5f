package cli

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// What BenchmarkStatus3M judges: days of a busy app, each call with a record of its slot and one of its end.
const (
	busyDays    = 30
	busyRecords = 100_000 // a day
)

// BenchmarkStatus3M is `gradtest status` as a user runs it: the built command as a process of its own, in a directory
// with 30 days and 3,000,000 records, and in one with 5 days, to show that what is older costs nothing.
//
//	go test -run '^$' -bench Status3M ./gradtest/internal/cli
func BenchmarkStatus3M(b *testing.B) {
	root := b.TempDir()
	command := filepath.Join(root, "gradtest")
	out, err := exec.Command("go", "build", "-o", command, "../../cmd/gradtest").CombinedOutput()
	require.NoError(b, err, string(out))
	now := time.Now().UTC()
	for _, days := range []int{5, busyDays} {
		dir := filepath.Join(root, fmt.Sprint(days))
		require.NoError(b, busyLedger(filepath.Join(dir, "platform.example.com-0a1b2c3d"), now, days))
		b.Run(fmt.Sprintf("days=%d", days), func(b *testing.B) {
			least, cpu := time.Hour, time.Duration(0)
			for b.Loop() {
				c := exec.Command(command, "status", "--dir", dir)
				start := time.Now()
				out, err := c.CombinedOutput()
				least = min(least, time.Since(start))
				cpu += c.ProcessState.UserTime() + c.ProcessState.SystemTime()
				if e, ok := errors.AsType[*exec.ExitError](err); err != nil && (!ok || e.ExitCode() != statusNotReady) {
					b.Fatalf("%v: %s", err, out)
				}
			}
			b.ReportMetric(float64(least.Milliseconds()), "ms-least/op")
			b.ReportMetric(float64(cpu.Milliseconds())/float64(b.N), "ms-cpu/op") // sum over all cores, without other processes
		})
	}
}

// busyLedger writes days of calls that end at now, the oldest first.
func busyLedger(path string, now time.Time, days int) error {
	d, err := ledger.Open(path)
	if err != nil {
		return err
	}
	ops := []rcapi.Operation{rcapi.ReadUserCallLog, rcapi.ListMessages, rcapi.ReadExtension, rcapi.ListExtensionDevices, rcapi.ReadUserCallRecord}
	for day := days - 1; day >= 0; day-- {
		var all []ledger.Record
		if day == days-1 || day == 0 {
			all = append(all, declarationOf(ops, now.Add(-time.Duration(day)*24*time.Hour-time.Hour)))
		}
		for i := range busyRecords / 2 {
			at := now.Add(-time.Duration(day)*24*time.Hour - 24*time.Hour*time.Duration(i)/(busyRecords/2))
			op := ops[i%len(ops)]
			id := fmt.Sprintf("%08x-%04x-%016x", day, i%4096, i)
			all = append(all, ledger.Record{
				Kind: ledger.Reserved, ID: id, At: at.Add(-200 * time.Millisecond), Latest: at.Add(time.Minute), Op: op.ID, Groups: op.Groups(),
			}, ledger.Record{
				Kind: ledger.Done, ID: id, At: at, Sent: at.Add(-150 * time.Millisecond), Op: op.ID, Method: op.Method, Path: op.Path,
				Groups: op.Groups(), Scopes: []string{string(op.Scope)}, Status: 200, RequestID: fmt.Sprintf("%08x-%016x", i, day),
				Signal: window.Signal{Group: string(op.Group), Limit: 50, Window: time.Minute, Remaining: i % 50},
			})
		}
		if err := d.Append(context.Background(), all...); err != nil {
			return errors.Join(err, d.Close())
		}
	}
	return d.Close()
}

func declarationOf(ops []rcapi.Operation, at time.Time) ledger.Record {
	r := ledger.Record{Kind: ledger.Declared, ID: "declared-" + at.Format(time.RFC3339Nano), At: at, Declared: &ledger.Declaration{App: "crm-sync", Policy: "graduation"}}
	for _, op := range ops {
		r.Declared.Scopes = append(r.Declared.Scopes, string(op.Scope))
		r.Declared.Endpoints = append(r.Declared.Endpoints, ledger.DeclaredEndpoint{
			Name: op.ID, Op: op.ID, Method: op.Method, Path: op.Path, Group: string(op.Group), Scope: string(op.Scope),
		})
	}
	return r
}
