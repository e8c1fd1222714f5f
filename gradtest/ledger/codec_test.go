package ledger

import (
	"bytes"
	"encoding/json"
	"errors"
	"hash/crc32"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger/internal/lines"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

func TestEncodeIsReversible(t *testing.T) {
	for name, r := range map[string]Record{
		"done": done("id", noon), "full": full(), "declared": declared(),
		"least":          {Kind: Released, ID: "x", At: time.Unix(0, 1)},
		"another zone":   {Kind: Waiting, ID: "x", At: noon.In(time.FixedZone("", 3600))},
		"first year":     {Kind: Waiting, ID: "x", At: time.Date(1, 1, 1, 0, 0, 0, 1, time.UTC)},
		"last year":      {Kind: Waiting, ID: "x", At: time.Date(9999, 12, 31, 23, 59, 59, 999999999, time.UTC)},
		"no valid UTF-8": {Kind: Done, ID: "a\xffb\"\xc3", At: noon, Op: "\xf0\x9f"},
		"negative":       {Kind: Done, ID: "x", At: noon, Signal: window.Signal{Limit: math.MinInt, Window: math.MinInt64, Remaining: -1, RetryAfter: math.MaxInt64}},
	} {
		t.Run(name, func(t *testing.T) {
			line, err := Encode(nil, r)
			require.NoError(t, err)
			assert.True(t, json.Valid(line), "%s", line)
			assert.Equal(t, 1, bytes.Count(line, []byte("\n")))
			got, err := Decode(line)
			require.NoError(t, err)
			assert.Equal(t, r.normal(), got)
		})
	}
}

func TestEncodeSetsEveryField(t *testing.T) {
	r := full()
	for i, v := 0, reflect.ValueOf(r); i < v.NumField(); i++ {
		if name := v.Type().Field(i).Name; name != "Declared" {
			assert.False(t, v.Field(i).IsZero(), "full leaves %s zero, so that no test sees it lost", name)
		}
	}
}

func TestEncodeLooksAsDocumented(t *testing.T) {
	line, err := Encode([]byte("before "), done("id", noon))
	require.NoError(t, err)
	assert.Equal(t, `before {"v":1,"at":"2026-11-23T12:00:00.123456789Z","k":"done","id":"id","sent":"2026-11-23T12:00:00.103456789Z",`+
		`"op":"readUserCallLog","m":"GET","p":"/restapi/v1.0/account/{accountId}/extension/{extensionId}/call-log","g":["heavy"],`+
		`"sc":["ReadCallLog"],"st":200,"rid":"0f1e-2d3c","sig":{"g":"heavy","l":10,"w":60000000000,"r":10},"c":"`+checksumOf(line[7:])+"\"}\n", string(line))
}

// checksumOf computes the checksum of a line as the documentation describes it.
func checksumOf(line []byte) string {
	body, _, _ := bytes.Cut(line, []byte(`,"c":"`))
	sum := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	_, _ = sum.Write(body)
	const digits = "0123456789abcdef"
	var out []byte
	for _, b := range sum.Sum(nil) {
		out = append(out, digits[b>>4], digits[b&15])
	}
	return string(out)
}

func TestEncodeRefusesALineTooLong(t *testing.T) {
	r := declared()
	for range 10_000 {
		r.Declared.Endpoints = append(r.Declared.Endpoints, r.Declared.Endpoints[0])
	}
	b, err := Encode([]byte("kept"), r)
	_, ok := errors.AsType[*InvalidError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, "kept", string(b))
}

func FuzzEncode(f *testing.F) {
	f.Add("id", "readUserCallLog", "GET", "/restapi/v1.0/account/{accountId}", "heavy", "ReadCallLog", "CMN-102", "rid", 200, int64(1), true)
	f.Add("\xff\"\\\n", "é", "", "", "]\",[", "", "", "", -1, int64(-1<<63), false)
	f.Add(strings.Repeat("\xff0", 150), strings.Repeat("\xff0", 100), "", "", "", "", "", "", 0, int64(1), true)
	f.Fuzz(func(t *testing.T, id, op, method, path, group, scope, code, rid string, status int, n int64, flag bool) {
		r := Record{
			Kind: Done, ID: id, At: time.Unix(0, n), Sent: time.Unix(n%1e9, 0), Op: op, Method: method, Path: path, Groups: []string{group, scope},
			Scopes: []string{scope}, Status: status, Code: code, RequestID: rid, OAuth: flag, Fault: !flag, Partial: flag,
		}
		r.Signal.Group, r.Signal.Window, r.Signal.RetryAfter, r.Signal.Limit = group, time.Duration(n), time.Duration(-n), status
		line, err := Encode(nil, r)
		if err != nil {
			require.Empty(t, line)
			return
		}
		require.True(t, json.Valid(line), "%q", line)
		got, err := Decode(line)
		require.NoError(t, err, "%q", line)
		require.Equal(t, r.normal(), got)
	})
}

func BenchmarkEncode(b *testing.B) {
	r := done("18a1b2c3d4e5f6070123456789abcdef", noon)
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		buf, _ = Encode(buf[:0], r)
	}
	b.SetBytes(int64(len(buf)))
}

func TestDecodeRefuses(t *testing.T) {
	good, err := Encode(nil, done("id", noon))
	require.NoError(t, err)
	text := strings.TrimSuffix(string(good), "\n")
	// signed makes a line with a correct checksum of a body.
	signed := func(body string) string { return strings.TrimSuffix(string(lines.Seal([]byte(body), 0)), "\n") }
	body, _, _ := strings.Cut(text, `,"c":"`)
	for name, line := range map[string]string{
		"empty": "", "garbage": "garbage", "one byte": "{", "zeros": "\x00\x00\x00", "cut": text[:len(text)-1], "cut in the middle": text[:60],
		"cut before the checksum": body, "changed": strings.Replace(text, "200", "201", 1), "two in one": text + text, "trailing": text + " ",
		"checksum in capitals' place": text[:len(text)-10] + "GGGGGGGG\"}", "no version": signed(`{"at":"2026-11-23T12:00:00Z"`),
		"version is no number": signed(`{"v":x`), "version overflows": signed(`{"v":99999999999999999999999`),
		"twice": signed(body + `,"zz":1,"st":200`), "unknown, cut off": signed(body + `,"zz":`), "order": signed(`{"v":1,"k":"done","at":"2026-11-23T12:00:00Z","id":"x"`),
		"no time": signed(`{"v":1,"k":"done","id":"x"`), "no id": signed(`{"v":1,"at":"2026-11-23T12:00:00Z","k":"done"`),
		"not UTC":  signed(`{"v":1,"at":"2026-11-23T12:00:00+01:00","k":"done","id":"x"`),
		"kind":     signed(`{"v":1,"at":"2026-11-23T12:00:00Z","k":"+16505550100","id":"x"`),
		"text":     signed(`{"v":1,"at":"2026-11-23T12:00:00Z","k":"done","id":"x`),
		"escape":   signed(`{"v":1,"at":"2026-11-23T12:00:00Z","k":"done","id":"\q"`),
		"list":     signed(`{"v":1,"at":"2026-11-23T12:00:00Z","k":"done","id":"x","g":["a"`),
		"comma":    signed(`{"v":1,"at":"2026-11-23T12:00:00Z","k":"done","id":"x","g":["a""b"]`),
		"no list":  signed(`{"v":1,"at":"2026-11-23T12:00:00Z","k":"done","id":"x","g":"a"`),
		"signal":   signed(`{"v":1,"at":"2026-11-23T12:00:00Z","k":"done","id":"x","sig":{"l":1,"g":"x"}`),
		"signal +": signed(`{"v":1,"at":"2026-11-23T12:00:00Z","k":"done","id":"x","sig":{"l":1`),
		"number":   signed(`{"v":1,"at":"2026-11-23T12:00:00Z","k":"done","id":"x","st":9223372036854775808`),
		"path":     signed(`{"v":1,"at":"2026-11-23T12:00:00Z","k":"done","id":"x","p":"/a/101"`),
		"decl":     signed(`{"v":1,"at":"2026-11-23T12:00:00Z","k":"declared","id":"x","decl":{"app":1}`),
		"decl +":   signed(`{"v":1,"at":"2026-11-23T12:00:00Z","k":"declared","id":"x","decl":{}}`),
	} {
		t.Run(name, func(t *testing.T) {
			r, err := Decode([]byte(line))
			e, ok := errors.AsType[*DamageError](err)
			require.True(t, ok, "%v", err)
			assert.NotEmpty(t, e.Reason)
			assert.Zero(t, r)
		})
	}
}

// TestDecodeReadsLinesOfANewerVersion adds members in every place where a later version may add them.
func TestDecodeReadsLinesOfANewerVersion(t *testing.T) {
	signal, declaration := full(), declared()
	for name, test := range map[string]struct {
		record   Record
		old, new string
	}{
		"to records":      {done("id", noon), `,"c":"`, `,"place":{"file":"sync.go","line":7},"hash":"0a1b","c":"`},
		"to declarations": {declaration, `"calls":5}`, `"calls":5,"edition":"2023-05"}`},
		"after those":     {declaration, `,"c":"`, `,"hash":"0a1b","c":"`},
		"to signals":      {signal, `"x":true}`, `"x":true,"burst":3}`},
		"a first one":     {Record{Kind: Waiting, ID: "x", At: noon}, `,"c":"`, `,"sig":{"burst":3},"c":"`},
	} {
		t.Run(name, func(t *testing.T) {
			line, err := Encode(nil, test.record)
			require.NoError(t, err)
			require.Contains(t, string(line), test.old)
			body, _, _ := bytes.Cut(bytes.Replace(line, []byte(test.old), []byte(test.new), 1), []byte(`,"c":"`))
			got, err := Decode(lines.Seal(body, 0))
			require.NoError(t, err)
			assert.Equal(t, test.record.normal(), got)
		})
	}
}

func TestDecodeNamesTheKindsOfANewerVersion(t *testing.T) {
	line := lines.Seal([]byte(`{"v":1,"at":"2026-11-23T12:00:00Z","k":"claim","id":"x","until":"2026-11-23T12:00:00Z"`), 0)
	_, err := Decode(line)
	assert.Equal(t, &VersionError{Version: 1, Kind: "claim"}, err)
	assert.EqualError(t, err, "ledger: a record is of kind claim, which this version does not know: update gradtest to the version that wrote it")

	// One in the middle affects neither evidence nor limits.
	d := open(t, t.TempDir())
	now := time.Now().UTC()
	require.NoError(t, d.Append(t.Context(), done("a", now)))
	path := filepath.Join(d.Path(), dayOf(now).file())
	require.NoError(t, os.WriteFile(path, append([]byte(content(t, d, dayOf(now).file())), line...), 0o600))
	require.NoError(t, d.Append(t.Context(), done("b", now)))
	assert.Equal(t, []string{"a", "unknown", "b"}, ids(t, d))
	require.NoError(t, d.Gate(nil).Admit(t.Context(), window.Call{ID: "c", Groups: []string{"g"}}))
	rep, err := d.Verify(t.Context())
	require.NoError(t, err)
	require.Len(t, rep.Faults, 1)
	assert.ErrorContains(t, rep.Err(), path+": the line at byte ")
	s, err := d.Survey(t.Context(), time.Time{})
	require.NoError(t, err)
	assert.Equal(t, rep.Faults, s.Faults)
}

func TestDecodeTellsVersionsAndTornLines(t *testing.T) {
	line, err := Encode(nil, done("id", noon))
	require.NoError(t, err)
	_, err = Decode(bytes.Replace(line, []byte(`{"v":1,`), []byte(`{"v":2,`), 1))
	e, ok := errors.AsType[*VersionError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, 2, e.Version)

	for _, cut := range []int{0, 1, 20, len(line) - 2} {
		_, err = Decode(append(bytes.Clone(line[:cut]), lines.TornMark+"\n"...))
		_, ok = errors.AsType[*TornError](err)
		assert.True(t, ok, "cut at %d: %v", cut, err)
	}
	// A mark over the end of a line must not hide its record.
	r, err := Decode(append(bytes.Clone(line[:len(line)-1]), lines.TornMark+"\n"...))
	require.NoError(t, err)
	assert.Equal(t, "id", r.ID)
	_, err = Decode(append(bytes.Clone(line[:len(line)-1]), "x"+lines.TornMark+"\n"...))
	_, ok = errors.AsType[*DamageError](err)
	assert.True(t, ok, "%v", err)
}

func TestDecoderSharesWhatRepeats(t *testing.T) {
	line, err := Encode(nil, done("id", noon))
	require.NoError(t, err)
	var d decoder
	allocs := testing.AllocsPerRun(100, func() {
		if _, err := d.decode(line); err != nil {
			t.Error(err)
		}
	})
	assert.LessOrEqual(t, allocs, 2.0, "the id and the request id")
}

func TestDecodeNoticesEveryChangedByte(t *testing.T) {
	line, err := Encode(nil, full())
	require.NoError(t, err)
	line = line[:len(line)-1]
	for i := range line {
		for _, flip := range []byte{1, 0x20, 0x80} {
			bad := bytes.Clone(line)
			bad[i] ^= flip
			_, err := Decode(bad)
			assert.Error(t, err, "byte %d of %s", i, bad)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, r := range []Record{done("id", noon), full(), declared(), {Kind: Waiting, ID: "x", At: noon}} {
		line, err := Encode(nil, r)
		require.NoError(f, err)
		f.Add(line)
	}
	f.Add([]byte(`{"v":2,"c":"00000000"}`))
	f.Add([]byte("{\"v\":1" + lines.TornMark))
	f.Fuzz(func(t *testing.T, line []byte) {
		_, _ = Decode(line)
		// A correct checksum lets the fuzzer past it.
		body, _, _ := bytes.Cut(line, []byte(`,"c":"`))
		r, err := Decode(lines.Seal(bytes.Clone(body), 0))
		if err != nil {
			return
		}
		again, err := Encode(nil, r)
		if _, long := errors.AsType[*InvalidError](err); long && len(line) > lines.MaxSize/8 {
			return
		}
		require.NoError(t, err)
		got, err := Decode(again)
		require.NoError(t, err)
		require.Equal(t, r, got)
	})
}

func BenchmarkDecode(b *testing.B) {
	line, err := Encode(nil, done("18a1b2c3d4e5f6070123456789abcdef", noon))
	require.NoError(b, err)
	var d decoder
	b.ReportAllocs()
	b.SetBytes(int64(len(line)))
	for b.Loop() {
		if _, err := d.decode(line); err != nil {
			b.Fatal(err)
		}
	}
}
