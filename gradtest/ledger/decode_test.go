package ledger

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDecodeRefuses(t *testing.T) {
	good, err := Encode(nil, done("id", noon))
	require.NoError(t, err)
	text := strings.TrimSuffix(string(good), "\n")
	// signed makes a line of a body, with the checksum that it should have.
	signed := func(body string) string { return strings.TrimSuffix(string(appendChecksum([]byte(body), 0)), "\n") }
	body, _, _ := strings.Cut(text, `,"c":"`)
	for name, line := range map[string]string{
		"empty": "", "garbage": "garbage", "one byte": "{", "zeros": "\x00\x00\x00", "cut": text[:len(text)-1], "cut in the middle": text[:60],
		"cut before the checksum": body, "changed": strings.Replace(text, "200", "201", 1), "two in one": text + text, "trailing": text + " ",
		"checksum in capitals' place": text[:len(text)-10] + "GGGGGGGG\"}", "no version": signed(`{"at":"2026-11-23T12:00:00Z"`),
		"version is no number": signed(`{"v":x`), "version overflows": signed(`{"v":99999999999999999999999`),
		"unknown field": signed(body + `,"zz":1`), "order": signed(`{"v":1,"k":"done","at":"2026-11-23T12:00:00Z","id":"x"`),
		"no time": signed(`{"v":1,"k":"done","id":"x"`), "no id": signed(`{"v":1,"at":"2026-11-23T12:00:00Z","k":"done"`),
		"not UTC": signed(`{"v":1,"at":"2026-11-23T12:00:00+01:00","k":"done","id":"x"`),
		"kind":    signed(`{"v":1,"at":"2026-11-23T12:00:00Z","k":"won","id":"x"`),
		"text":    signed(`{"v":1,"at":"2026-11-23T12:00:00Z","k":"done","id":"x`),
		"escape":  signed(`{"v":1,"at":"2026-11-23T12:00:00Z","k":"done","id":"\q"`),
		"list":    signed(`{"v":1,"at":"2026-11-23T12:00:00Z","k":"done","id":"x","g":["a"`),
		"comma":   signed(`{"v":1,"at":"2026-11-23T12:00:00Z","k":"done","id":"x","g":["a""b"]`),
		"no list": signed(`{"v":1,"at":"2026-11-23T12:00:00Z","k":"done","id":"x","g":"a"`),
		"signal":  signed(`{"v":1,"at":"2026-11-23T12:00:00Z","k":"done","id":"x","sig":{"q":1}`),
		"number":  signed(`{"v":1,"at":"2026-11-23T12:00:00Z","k":"done","id":"x","st":9223372036854775808`),
		"path":    signed(`{"v":1,"at":"2026-11-23T12:00:00Z","k":"done","id":"x","p":"/a/101"`),
		"decl":    signed(`{"v":1,"at":"2026-11-23T12:00:00Z","k":"declared","id":"x","decl":{"secret":1}`),
		"decl +":  signed(`{"v":1,"at":"2026-11-23T12:00:00Z","k":"declared","id":"x","decl":{}}`),
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

func TestDecodeTellsVersionsAndTornLines(t *testing.T) {
	line, err := Encode(nil, done("id", noon))
	require.NoError(t, err)
	_, err = Decode(bytes.Replace(line, []byte(`{"v":1,`), []byte(`{"v":2,`), 1))
	e, ok := errors.AsType[*VersionError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, 2, e.Version)

	for _, cut := range []int{0, 1, 20, len(line) - 1} {
		_, err = Decode(append(bytes.Clone(line[:cut]), tornMark+"\n"...))
		_, ok = errors.AsType[*TornError](err)
		assert.True(t, ok, "cut at %d: %v", cut, err)
	}
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
	f.Add([]byte("{\"v\":1" + tornMark))
	f.Fuzz(func(t *testing.T, line []byte) {
		_, _ = Decode(line)
		// A checksum that fits lets the fuzzer past it.
		body, _, _ := bytes.Cut(line, []byte(checksumKey))
		r, err := Decode(appendChecksum(bytes.Clone(body), 0))
		if err != nil {
			return
		}
		again, err := Encode(nil, r)
		if _, long := errors.AsType[*InvalidError](err); long && len(line) > longestLine/8 {
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
