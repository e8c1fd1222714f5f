package ledger_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func ExampleOpen() {
	dir := must(os.MkdirTemp("", "ledger"))
	defer os.RemoveAll(dir)

	store := must(ledger.Open(dir))
	defer store.Close()
	ctx, at := context.Background(), time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	if err := store.Append(ctx, ledger.Record{Kind: ledger.Done, ID: "1", At: at, Op: "readUserCallLog", Status: 200}); err != nil {
		panic(err)
	}
	for r, err := range store.Records(ctx, at.Add(-48*time.Hour)) {
		fmt.Println(r.At.Format(time.DateOnly), r.Op, r.Status, err)
	}
	// Output: 2026-11-23 readUserCallLog 200 <nil>
}

func ExampleDir_Gate() {
	dir := must(os.MkdirTemp("", "ledger"))
	defer os.RemoveAll(dir)

	store := must(ledger.Open(dir))
	defer store.Close()
	gate := store.Gate(nil)
	ctx := context.Background()
	call := window.Call{ID: "1", Op: "readUserCallLog", Groups: []string{"heavy"}, Timeout: time.Minute}
	if err := gate.Admit(ctx, call); err != nil {
		panic(err)
	}
	// Send the call here and receive its answer.
	answer := window.Answer{At: time.Now(), Signal: window.Signal{Group: "heavy", Limit: 15}}
	if err := gate.Settle(ctx, call, answer); err != nil {
		panic(err)
	}
	other := must(ledger.Open(dir)).Gate(nil) // as in another process
	fmt.Println(other.Limit("heavy"))
	// Output: {15 1m0s 1m0s} true
}

func ExampleDir_Prune() {
	dir := must(os.MkdirTemp("", "ledger"))
	defer os.RemoveAll(dir)

	store := must(ledger.Open(dir))
	defer store.Close()
	ctx, now := context.Background(), time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for _, at := range []time.Time{now.AddDate(0, 0, -9), now.AddDate(0, 0, -8), now} {
		if err := store.Append(ctx, ledger.Record{Kind: ledger.Done, ID: at.String(), At: at, Op: "readUserCallLog", Status: 200}); err != nil {
			panic(err)
		}
	}
	fmt.Println(store.Prune(ctx, now.AddDate(0, 0, -7)))
	report := must(store.Verify(ctx))
	fmt.Println(report.Records, report.Calls, report.Files[0].Name, report.Err())
	// Output:
	// 2 <nil>
	// 1 1 2026-11-23.jsonl <nil>
}

func ExampleEncode() {
	line := must(ledger.Encode(nil, ledger.Record{
		Kind: ledger.Done, ID: "1", At: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC), Op: "readUserCallLog", Status: 200,
	}))
	fmt.Printf("%s", line)
	// Output: {"v":1,"at":"2026-11-23T12:00:00Z","k":"done","id":"1","op":"readUserCallLog","st":200,"c":"f71a0f6e"}
}

// An export that was changed after it was written is refused before anything of it is imported.
func ExampleVerifyExport() {
	from := ledger.NewMemory()
	at := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for _, id := range []string{"a", "b", "c"} {
		if err := from.Append(context.Background(), ledger.Record{Kind: ledger.Done, ID: id, At: at, Status: 200}); err != nil {
			panic(err)
		}
	}
	var b bytes.Buffer
	must(ledger.Export(context.Background(), &b, from, "platform.ringcentral.com-0a1b2c3d", time.Time{}))

	lines := bytes.SplitAfter(b.Bytes(), []byte("\n"))
	without := bytes.Join(append(lines[:2:2], lines[3:]...), nil) // without b
	report := must(ledger.VerifyExport(context.Background(), bytes.NewReader(without)))
	fmt.Println(report.Err())
	// Output:
	// ledger: line 3 of the export: record 2 was removed (record 3 follows record 1): get the export from its source again
}
