package main

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// zoo has two editions. The older one has an operation that is gone, one under another id, one with other facts, and an
// id that another operation has now.
const zoo = "2021-03=openapi/testdata/zoo-2021.yml:2026-08=openapi/testdata/zoo.yml"

var update = flag.Bool("update", false, "write the golden files anew")

func TestRunWritesTheCatalogue(t *testing.T) {
	dir := t.TempDir()
	var out bytes.Buffer
	require.NoError(t, run([]string{"-some", "-spec", zoo, "-out", dir}, &out, io.Discard))
	assert.Equal(t, "rcapigen: 6 operations of 2 editions, 4 scopes\n", out.String())

	written, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, written, 5)
	for _, f := range written {
		got, err := os.ReadFile(filepath.Join(dir, f.Name()))
		require.NoError(t, err)
		golden := filepath.Join("testdata", f.Name()+".golden")
		if *update {
			require.NoError(t, os.WriteFile(golden, got, 0o644))
		}
		want, err := os.ReadFile(golden)
		require.NoError(t, err, "run go test -update")
		assert.Equal(t, string(want), string(got), f.Name())
		assert.NotContains(t, string(got), "sentence", "no sentence of a specification is carried over")
	}
}

func TestRunWritesSkeletons(t *testing.T) {
	catalogue, shapes := t.TempDir(), t.TempDir()
	require.NoError(t, run([]string{"-some", "-spec", zoo, "-out", catalogue, "-shapes", shapes}, io.Discard, io.Discard))
	got, err := os.ReadFile(filepath.Join(shapes, "skeletons.gen.txt"))
	require.NoError(t, err)
	assert.Contains(t, string(got), "feedAnimal {")
	assert.NotContains(t, string(got), "sentence", "no sentence of a specification is carried over")
}

func TestRunIsDeterministic(t *testing.T) {
	editions, err := read(zoo, true)
	require.NoError(t, err)
	first, _, err := generate(editions, t.TempDir())
	require.NoError(t, err)
	for range 10 { // maps are walked in another order each time
		again, _, err := generate(editions, t.TempDir())
		require.NoError(t, err)
		require.Equal(t, first, again)
	}
}

func TestRunFaults(t *testing.T) {
	dir := t.TempDir()
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"-spec", ""}, "0 of 4 editions are given: pass -spec EDITION=PATH:…, or set RC_SPEC for go generate"},
		{[]string{"-spec", zoo}, "2 of 4 editions are given"},
		{[]string{"-some", "-spec", "2020=a.yml"}, `rcapigen: specfiles: 2020=a.yml: no edition is named "2020"`},
		{[]string{"-some", "-spec", filepath.Join(dir, "none.yml")}, "rcapigen: read the specification: "},
		{[]string{"-some", "-spec", "main.go"}, "rcapigen: main.go: openapi: read: "},
		{[]string{"-some", "-spec", zoo, "-out", filepath.Join(dir, "none")}, "rcapigen: write: "},
		{[]string{"-nothing"}, "flag provided but not defined"},
	} {
		err := run(tt.args, io.Discard, io.Discard)
		require.Error(t, err)
		assert.Contains(t, err.Error(), tt.want)
	}
}

func TestRunWritesNothingAfterAFault(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "names.go"), []byte("package rcapi\n\nfunc ListMeals() {}\n"), 0o644))
	err := run([]string{"-some", "-spec", zoo, "-out", dir}, io.Discard, io.Discard)
	require.ErrorContains(t, err, "operation listMeals: ListMeals is already declared in names.go")
	written, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, written, 1)
}
