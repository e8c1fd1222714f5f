package ledger

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

const (
	origin      = "platform.example.com-0a1b2c3d"
	otherOrigin = "platform.example.com-99999999"
)

// export returns an export of records.
func export(t testing.TB, origin string, records ...Record) string {
	t.Helper()
	m := NewMemory()
	require.NoError(t, m.Append(context.Background(), records...))
	var b bytes.Buffer
	_, err := Export(context.Background(), &b, m, origin, time.Time{})
	require.NoError(t, err)
	return b.String()
}

// evidence lists the evidence in a store, without limits in answers.
func evidence(t *testing.T, s Store) (all []Record) {
	t.Helper()
	for r, err := range s.Records(t.Context(), time.Time{}) {
		if _, torn := errors.AsType[*TornError](err); torn {
			continue
		}
		require.NoError(t, err)
		if r.Kind == Done || r.Kind == Declared {
			r.Signal = window.Signal{}
			all = append(all, r)
		}
	}
	return all
}

func TestExportAndImportMoveEvidence(t *testing.T) {
	d := open(t, t.TempDir())
	failed := done("failed", noon.Add(-50*time.Hour))
	failed.Status, failed.Code = 401, "OAU-213"
	dead := Record{Kind: Done, ID: "no answer", At: noon, Sent: noon, Latest: noon.Add(time.Minute), Code: "timeout"}
	require.NoError(t, d.Append(t.Context(), failed, declared(), Record{Kind: Waiting, ID: "a", At: noon}, Record{Kind: Reserved, ID: "a", At: noon, Latest: noon},
		done("a", noon), Record{Kind: Reserved, ID: "b", At: noon, Latest: noon}, Record{Kind: Released, ID: "b", At: noon}, dead, done("c", noon.Add(time.Hour))))
	var b bytes.Buffer
	got, err := Export(t.Context(), &b, d, origin, time.Time{})
	require.NoError(t, err)
	assert.Equal(t, Exported{Calls: 4, Declared: 1, First: failed.At, Last: noon.Add(time.Hour)}, got)

	for name, into := range map[string]Store{"memory": NewMemory(), "directory": open(t, t.TempDir())} {
		t.Run(name, func(t *testing.T) {
			got, err := Import(t.Context(), into, origin, bytes.NewReader(b.Bytes()))
			require.NoError(t, err)
			assert.Equal(t, Imported{Calls: 4, Declared: 1}, got)
			assert.Equal(t, evidence(t, d), evidence(t, into))

			got, err = Import(t.Context(), into, origin, bytes.NewReader(b.Bytes()))
			require.NoError(t, err)
			assert.Equal(t, Imported{Known: 5}, got, "a second time nothing is new")
			assert.Equal(t, evidence(t, d), evidence(t, into))
		})
	}
	got2, err := Import(t.Context(), d, origin, bytes.NewReader(b.Bytes()))
	require.NoError(t, err)
	assert.Equal(t, Imported{Known: 5}, got2, "nor where it comes from")

	b.Reset()
	got, err = Export(t.Context(), &b, d, origin, noon.Add(time.Minute))
	require.NoError(t, err)
	assert.Equal(t, 1, got.Calls)
	later, err := Import(t.Context(), NewMemory(), origin, &b)
	require.NoError(t, err)
	assert.Equal(t, 1, later.Calls)
}

// TestImportOfTwoMachinesThatOverlap concatenates exports of two machines that have exchanged evidence before.
func TestImportOfTwoMachinesThatOverlap(t *testing.T) {
	one := export(t, origin, done("a", noon), done("b", noon.Add(time.Hour)))
	two := export(t, origin, done("old", noon.AddDate(0, 0, -3)), done("b", noon.Add(time.Hour)), done("c", noon.Add(-time.Hour)))
	d := open(t, t.TempDir())
	got, err := Import(t.Context(), d, origin, strings.NewReader(one+two+one))
	require.NoError(t, err)
	assert.Equal(t, Imported{Calls: 4, Known: 3}, got)
	assert.ElementsMatch(t, []string{"old", "a", "b", "c"}, ids(t, d))
	rep, err := d.Verify(t.Context())
	require.NoError(t, err)
	assert.Empty(t, rep.Twice)
}

func TestImportRefusesEvidenceOfAnother(t *testing.T) {
	mixed := export(t, origin, done("a", noon)) + export(t, otherOrigin, done("x", noon)) + export(t, origin, done("b", noon))
	origins, err := Origins(t.Context(), strings.NewReader(mixed))
	require.NoError(t, err)
	assert.Equal(t, []string{origin, otherOrigin}, origins)

	d := open(t, t.TempDir())
	_, err = Import(t.Context(), d, origin, strings.NewReader(mixed))
	e, ok := errors.AsType[*OriginError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, &OriginError{Line: 4, Got: otherOrigin, Want: origin}, e)
	assert.ErrorContains(t, err, "import it there")
	assert.Equal(t, []string{"a", "b"}, ids(t, d))

	// The evidence of the embedded emulator belongs to another server, too.
	_, err = Import(t.Context(), d, origin, strings.NewReader(export(t, "127.0.0.1_8080-0a1b2c3d", done("emulated", noon))))
	_, ok = errors.AsType[*OriginError](err)
	assert.True(t, ok, "%v", err)
	assert.Equal(t, []string{"a", "b"}, ids(t, d))
}

func TestImportNamesAndSkipsWhatIsDamaged(t *testing.T) {
	whole := export(t, origin, done("a", noon), done("b", noon), done("c", noon))
	l := strings.SplitAfter(whole, "\n")
	for name, test := range map[string]struct {
		text string
		want []string
		err  string // empty: none
	}{
		"whole":                  {whole, []string{"a", "b", "c"}, ""},
		"other systems' ends":    {strings.ReplaceAll(whole, "\n", "\r\n"), []string{"a", "b", "c"}, ""},
		"a record":               {strings.Replace(whole, `"id":"b"`, `"id":"x"`, 1), []string{"a", "c"}, "line 3: ledger: damaged record: its checksum does not match"},
		"a record is missing":    {l[0] + l[1] + l[3] + l[4], []string{"a"}, "line 3 of the export: record 2 was removed (record 3 follows record 1)"},
		"the last is missing":    {l[0] + l[1] + l[2] + l[4], []string{"a", "b"}, "line 4 of the export: record 3 was removed (the last line follows record 3)"},
		"cut off":                {whole[:len(whole)-20], []string{"a", "b", "c"}, "damaged"},
		"cut off at a line":      {l[0] + l[1], []string{"a"}, "line 2: the export ends early, after 1 records"},
		"cut off in a line":      {l[0] + l[1] + l[2][:30], []string{"a"}, "line 3: the export ends early, after 1 records"},
		"cut off and joined":     {l[0] + l[1] + whole, []string{"a", "b", "c"}, "the export ends early"},
		"no beginning":           {l[1] + l[2] + l[3] + l[4], []string{}, "line 1: ledger: damaged record: the first line of an export, which says whose evidence follows, is missing"},
		"a damaged beginning":    {strings.Replace(whole, origin, otherOrigin, 1), []string{}, "line 1: ledger: damaged record: its checksum does not match"},
		"a newer export":         {newer(t) + l[1] + l[4], []string{}, "format 2, known is 1"},
		"a newer record":         {l[0] + strings.Replace(l[1], `{"v":1`, `{"v":2`, 1) + l[2] + l[3] + l[4], []string{"b", "c"}, "format 2, known is 1"},
		"a file of the ledger":   {l[1] + l[2], []string{}, "which says whose evidence follows, is missing"},
		"rubbish":                {"\x00\xff\n\n{}\n", []string{}, "line 1"},
		"an endless line":        {l[0] + strings.Repeat("x", 3<<20) + "\n" + l[1] + l[2] + l[3] + l[4], []string{"a", "b", "c"}, "longer than any record"},
		"damaged all over":       {l[0] + strings.Repeat("x\n", 500), []string{}, "too many damaged lines"},
		"with places and slots":  {l[0] + lineOf(t, Record{Kind: Reserved, ID: "s", At: noon, Latest: noon}) + l[1] + l[2] + l[3] + l[4], []string{}, "line 2 of the export: a record was put in"},
		"of an older version":    {older(t, whole), []string{"a", "b", "c"}, ""},
		"nothing":                {"", []string{}, ""},
		"empty export":           {export(t, origin), []string{}, ""},
		"without its last break": {strings.TrimSuffix(whole, "\n"), []string{"a", "b", "c"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t, t.TempDir())
			got, err := Import(t.Context(), d, origin, strings.NewReader(test.text))
			if test.err == "" {
				require.NoError(t, err)
			} else {
				require.ErrorContains(t, err, test.err)
				assert.ErrorContains(t, err, "line ")
			}
			assert.Equal(t, test.want, ids(t, d))
			assert.Equal(t, len(test.want), got.Calls)

			again, err := Import(t.Context(), d, origin, strings.NewReader(whole))
			require.NoError(t, err)
			assert.Equal(t, 3, again.Calls+again.Known, "the whole file brings the rest")
			assert.ElementsMatch(t, []string{"a", "b", "c"}, ids(t, d))
		})
	}
}

func TestImportFailsWithItsReaderAndStore(t *testing.T) {
	broken := errors.New("unplugged")
	whole := export(t, origin, done("a", noon), done("b", noon))
	d := open(t, t.TempDir())
	_, err := Import(t.Context(), d, origin, io.MultiReader(strings.NewReader(whole[:400]), failing{broken}))
	require.ErrorIs(t, err, broken)
	require.NoError(t, d.Close())
	_, err = Import(t.Context(), d, origin, strings.NewReader(whole))
	require.ErrorIs(t, err, ErrClosed)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = Import(ctx, NewMemory(), origin, strings.NewReader(whole))
	require.ErrorIs(t, err, context.Canceled)
	_, err = Export(t.Context(), failing{broken}, NewMemory(), origin, time.Time{})
	_, ok := errors.AsType[*OutputError](err)
	assert.True(t, ok, "%v", err)
	assert.ErrorIs(t, err, broken)
}

// foreign is a Store of another module with errors of its own. Records yields an error after the records.
type foreign struct {
	*Memory
	records error
	append  error
}

func (f foreign) Records(ctx context.Context, since time.Time) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		for r, err := range f.Memory.Records(ctx, since) {
			if !yield(r, err) {
				return
			}
		}
		if f.records != nil {
			yield(Record{}, f.records)
		}
	}
}

func (f foreign) Append(ctx context.Context, r ...Record) error {
	if f.append != nil {
		return f.append
	}
	return f.Memory.Append(ctx, r...)
}

func TestImportStopsAtWhatAForeignStoreSays(t *testing.T) {
	whole := export(t, origin, done("a", noon), done("b", noon))
	for name, test := range map[string]struct {
		into foreign
		want Imported
		err  error // nil: none
	}{
		"works":                     {into: foreign{}, want: Imported{Calls: 2}},
		"an error of its own":       {into: foreign{records: io.ErrUnexpectedEOF}, err: io.ErrUnexpectedEOF},
		"it is unavailable":         {into: foreign{records: fmt.Errorf("their: down: %w", ErrUnavailable)}, err: ErrUnavailable},
		"it was closed":             {into: foreign{records: fmt.Errorf("their: closed: %w", ErrClosed)}, err: ErrClosed},
		"it does not take records":  {into: foreign{append: io.ErrShortWrite}, err: io.ErrShortWrite},
		"a record of it is damaged": {into: foreign{records: fmt.Errorf("their: row 7: %w", ErrDamaged)}, want: Imported{Calls: 2}},
	} {
		t.Run(name, func(t *testing.T) {
			test.into.Memory = NewMemory()
			got, err := Import(t.Context(), test.into, origin, strings.NewReader(whole))
			assert.Equal(t, test.want, got, "what was not appended is not counted")
			if test.err == nil {
				require.NoError(t, err)
				return
			}
			require.ErrorIs(t, err, test.err)
			assert.ErrorContains(t, err, "once the store works, import the file again")
			assert.Empty(t, evidence(t, test.into.Memory))
		})
	}
}

// failing is a file that cannot be read or written.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error)  { return 0, f.err }
func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestExportLeavesOutWhatIsDamaged(t *testing.T) {
	d, _, want := manyRecords(t)
	var b bytes.Buffer
	got, err := Export(t.Context(), &b, d, origin, time.Time{})
	_, ok := errors.AsType[*DamageError](err)
	assert.True(t, ok, "%v", err)
	assert.Equal(t, len(want)-2, got.Calls)
	into := open(t, t.TempDir())
	in, err := Import(t.Context(), into, origin, &b)
	require.NoError(t, err, "the export itself is whole")
	assert.Equal(t, len(want)-2, in.Calls)
}

func TestImportsAtTheSameTimeCountOnce(t *testing.T) {
	var all []Record
	for i := range 500 {
		all = append(all, done(fmt.Sprint(i), noon))
	}
	text := export(t, origin, all...)
	first := open(t, t.TempDir())
	var wg sync.WaitGroup
	for i := range 6 {
		d := first
		if i%2 == 1 {
			d = process(t, first.Path())
		}
		wg.Go(func() {
			got, err := Import(t.Context(), d, origin, strings.NewReader(text))
			assert.NoError(t, err)
			assert.Equal(t, 500, got.Calls+got.Known)
		})
	}
	wg.Wait()
	rep, err := first.Verify(t.Context())
	require.NoError(t, err)
	assert.Equal(t, 500, rep.Records)
	assert.Empty(t, rep.Twice)
}

// TestImportFreesNoSlot imports records of calls that are in flight or queued here. They claim that the calls ended
// long ago and that the limit is higher.
func TestImportFreesNoSlot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := open(t, t.TempDir())
		g := d.Gate(few(1))
		require.NoError(t, g.Admit(t.Context(), claim("a")))
		admitted := time.Now()
		failed := make(chan error, 1)
		go func() { failed <- g.Admit(t.Context(), claim("b")) }()
		time.Sleep(time.Second)
		var forged []Record
		for _, id := range []string{"a", "b"} {
			r := done(id, admitted.Add(-2*time.Minute).UTC())
			r.Groups, r.Signal = []string{"g"}, window.Signal{Group: "g", Limit: 50, Window: time.Second, Remaining: 51}
			forged = append(forged, r)
		}
		silent := forged[0]
		silent.ID, silent.Status, silent.Code = "a", 0, "timeout"
		for _, r := range append(forged, silent) {
			got, err := Import(t.Context(), d, origin, strings.NewReader(export(t, origin, r)))
			require.NoError(t, err)
			assert.Equal(t, Imported{UnderWay: 1}, got)
		}
		time.Sleep(40 * time.Second) // a is given up: it was not answered in time
		got, err := Import(t.Context(), d, origin, strings.NewReader(export(t, origin, forged[0])))
		require.NoError(t, err)
		assert.Equal(t, Imported{Calls: 1}, got)
		require.NoError(t, <-failed)
		assert.GreaterOrEqual(t, time.Since(admitted), 30*time.Second+time.Minute, "time-out and window of the call in flight")
		l, _ := g.Limit("g")
		assert.Equal(t, few(1)["g"], l)
		require.NoError(t, g.Settle(t.Context(), claim("b"), window.Answer{At: time.Now()}))
		start := time.Now()
		require.NoError(t, process(t, d.Path()).Gate(few(1)).Admit(t.Context(), claim("c")))
		assert.Equal(t, time.Minute, time.Since(start), "and the same for a new process")
	})
}

// TestImportTakesNoSlotForTooLong imports evidence of a machine whose clock is ahead, and evidence hours old.
func TestImportTakesNoSlotForTooLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := open(t, t.TempDir())
		g := d.Gate(few(1))
		now := time.Now()
		for id, ahead := range map[string]time.Duration{"hours ago": -5 * time.Hour, "two minutes ago": -2 * time.Minute} {
			r := done(id, now.Add(ahead).UTC())
			r.Groups = []string{"g"}
			_, err := Import(t.Context(), d, origin, strings.NewReader(export(t, origin, r)))
			require.NoError(t, err)
		}
		require.NoError(t, g.Admit(t.Context(), claim("a")))
		assert.Zero(t, time.Since(now), "what is older than the window takes nothing")
		finish(t, d, g, claim("a"))

		r := done("from a clock ahead", now.Add(7*time.Minute).UTC())
		r.Groups = []string{"g"}
		_, err := Import(t.Context(), d, origin, strings.NewReader(export(t, origin, r)))
		require.NoError(t, err)
		require.NoError(t, g.Admit(t.Context(), claim("b")))
		assert.Equal(t, time.Minute, time.Since(now), "one window from when it was read, not seven minutes more")
	})
}

// FuzzImport imports arbitrary bytes: only whole records are imported, and importing again changes nothing.
func FuzzImport(f *testing.F) {
	whole := export(f, origin, done("a", noon), declared(), done("b", noon))
	f.Add([]byte(whole))
	f.Add([]byte(whole + whole))
	f.Add([]byte(whole[:len(whole)/2]))
	f.Add([]byte(export(f, otherOrigin, done("x", noon)) + whole))
	f.Add([]byte(strings.Replace(whole, "200", "404", 1)))
	f.Add([]byte(beginPrefix + "\n" + endPrefix + "\n" + `{"v":1`))
	f.Add([]byte("\n\r\n\x00"))
	f.Fuzz(func(t *testing.T, text []byte) {
		m := NewMemory()
		got, err := Import(t.Context(), m, origin, bytes.NewReader(text))
		all := evidence(t, m)
		require.Equal(t, got.Calls+got.Declared, len(all))
		for i := range all {
			require.NoError(t, all[i].Validate())
		}
		again, err2 := Import(t.Context(), m, origin, bytes.NewReader(text))
		require.Equal(t, fmt.Sprint(err), fmt.Sprint(err2))
		require.Zero(t, again.Calls+again.Declared)
		require.Equal(t, got.Calls+got.Declared+got.Known, again.Known)
		require.Equal(t, all, evidence(t, m))

		// What was imported survives another export and import.
		var b bytes.Buffer
		_, err = Export(t.Context(), &b, m, origin, time.Time{})
		require.NoError(t, err)
		moved := NewMemory()
		_, err = Import(t.Context(), moved, origin, &b)
		require.NoError(t, err)
		require.Equal(t, all, evidence(t, moved))
	})
}
