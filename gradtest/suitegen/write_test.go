package suitegen

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// folder writes files into a new directory.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "crm")
	require.NoError(t, os.Mkdir(dir, 0o755))
	for name, text := range files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	return dir
}

func TestReadDirectory(t *testing.T) {
	const app = "import \"github.com/graduationkit/ringcentral/gradtest\"\n\nvar App = gradtest.App{}\n"
	for name, tt := range map[string]struct {
		files map[string]string
		want  Directory
	}{
		"empty": {nil, Directory{Package: "crm"}},
		"package main": {
			map[string]string{"a.go": "package main\nfunc main() {}\n"},
			Directory{Package: "main", Taken: []string{"main"}},
		},
		"a library": {
			map[string]string{"a.go": "package lib\ntype T int\nfunc (T) M() {}\n"},
			Directory{Package: "lib", Taken: []string{"T"}},
		},
		"only tests": {
			map[string]string{"a_test.go": "package lib_test\nvar x, y int\n"},
			Directory{Package: "lib", Taken: []string{"x", "y"}},
		},
		"a script": {
			map[string]string{"a.go": "//go:build ignore\n\npackage main\n", "b.go": "package lib\n"},
			Directory{Package: "lib"},
		},
		"a syntax error": {
			map[string]string{"a.go": "package lib\nvar x int\nfunc {\n"}, Directory{Package: "lib", Taken: []string{"_", "x"}},
		},
		"not Go": {map[string]string{"a.txt": "package x\n"}, Directory{Package: "crm"}},
		"with an App": {
			map[string]string{"a.go": "package lib\n" + app},
			Directory{"lib", []string{"App"}, []string{"a.go"}},
		},
		"another file": {
			map[string]string{"graduation_test.go": "package lib\n" + app}, Directory{Package: "crm"},
		},
	} {
		got, err := ReadDirectory(folder(t, tt.files), "graduation_test.go")
		require.NoError(t, err, name)
		assert.Equal(t, tt.want, got, name)
	}
	_, err := ReadDirectory(filepath.Join(t.TempDir(), "none"), "")
	assert.ErrorIs(t, err, os.ErrNotExist)
	tagged := folder(t, map[string]string{"a.go": "//go:build live\n\npackage live\n"})
	got, err := ReadDirectory(tagged, "", "live")
	require.NoError(t, err)
	assert.Equal(t, "live", got.Package)
}

// Names of the package that the suite would declare or import get others.
func TestNamesThatClash(t *testing.T) {
	dir := folder(t, map[string]string{
		"a.go": "package crm\n\nvar app, gradtest, rcapi, createContactBody int\n\nfunc TestGraduation() {}\n",
	})
	target, err := Open(filepath.Join(dir, "graduation_test.go"))
	require.NoError(t, err)
	r, err := target.Write(request(rcapi.DeleteContact))
	require.NoError(t, err)
	assert.True(t, r.Created)
	text := string(r.Source)
	for _, want := range []string{
		"gradtest2 \"github.com/", "rcapi2 \"github.com/", "var graduationApp = gradtest2.App{", "func TestGraduationSuite(",
		"var createContactBody2 =", "Op:      rcapi2.DeleteContact",
		"gradtest2.FromNew(rcapi2.CreateContact, createContactBody2",
	} {
		assert.Contains(t, text, want)
	}
	again, err := Open(filepath.Join(dir, "graduation_test.go"))
	require.NoError(t, err)
	m, err := again.Write(request(rcapi.DeleteContact, rcapi.ListMessages))
	require.NoError(t, err)
	assert.Equal(t, []string{"listMessages"}, m.Added)
	assert.Contains(t, string(m.Source), "{Op: rcapi2.ListMessages}")
	assert.Contains(t, string(m.Source), "rcapi2.ScopeReadMessages")
}

func TestNothingIsLost(t *testing.T) {
	dir := folder(t, nil)
	file := filepath.Join(dir, "graduation_test.go")
	target, err := Open(file)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(file, []byte("mine"), 0o600))
	_, err = target.Write(request(rcapi.ReadExtension))
	require.ErrorIs(t, err, os.ErrExist, "a file that was created meanwhile stays")
	kept := func(want string) {
		t.Helper()
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.Equal(t, want, string(text))
		left, err := os.ReadDir(dir)
		require.NoError(t, err)
		assert.Len(t, left, 1, "no temporary file is left")
	}
	kept("mine")

	source := generate(t, rcapi.ReadExtension)
	require.NoError(t, os.Chmod(file, 0o640))
	require.NoError(t, os.WriteFile(file, []byte(source), 0o640))
	target, err = Open(file)
	require.NoError(t, err)
	changed := strings.Replace(source, "var app", "var mine", 1)
	require.NoError(t, os.WriteFile(file, []byte(changed), 0o640))
	_, err = target.Write(request(rcapi.ListMessages))
	require.ErrorContains(t, err, "changed meanwhile: nothing is added, run init again")
	kept(changed)

	link := filepath.Join(t.TempDir(), "link_test.go")
	require.NoError(t, os.Symlink(file, link))
	target, err = Open(link)
	require.NoError(t, err)
	_, err = target.Write(request(rcapi.ReadExtension, rcapi.ListMessages))
	require.NoError(t, err)
	info, err := os.Lstat(link)
	require.NoError(t, err)
	assert.NotZero(t, info.Mode()&os.ModeSymlink, "a link stays one")
	info, err = os.Stat(file)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o640), info.Mode().Perm())
	require.NoError(t, os.Chmod(file, 0o440))
	target, err = Open(file)
	require.NoError(t, err)
	_, err = target.Write(request(rcapi.ListGlipTeamsNew))
	require.ErrorContains(t, err, "is read-only: make it writable, and run init again")

	_, err = Open(filepath.Join(dir, "other_test.go"))
	require.ErrorIs(t, err, ErrElsewhere)
	assert.ErrorContains(t, err, "graduation_test.go")
	_, err = Open(dir)
	assert.Error(t, err, "a directory is no file")
}
