package owndir

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func ours(e fs.DirEntry) bool { return e.Name() == "lock" }

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	require.NoError(t, err)
	return string(text)
}

func TestCreate(t *testing.T) {
	for name, test := range map[string]struct {
		made   func(t *testing.T, dir string)
		refuse bool
	}{
		"new":                              {func(t *testing.T, dir string) { require.NoError(t, os.Remove(dir)) }, false},
		"empty":                            {func(*testing.T, string) {}, false},
		"copied without its .gitignore":    {func(t *testing.T, dir string) { write(t, dir, "lock", "") }, false},
		"of an earlier version":            {func(t *testing.T, dir string) { write(t, dir, "lock", ""); write(t, dir, ignoreFile, "*\n") }, false},
		"another process is creating it":   {func(t *testing.T, dir string) { write(t, dir, ignoreFile, "") }, false},
		"half written":                     {func(t *testing.T, dir string) { write(t, dir, ignoreFile, mark[:20]) }, false},
		"gradtest's with a file of yours":  {func(t *testing.T, dir string) { write(t, dir, ignoreFile, mark); write(t, dir, "report.html", "") }, false},
		"a project":                        {func(t *testing.T, dir string) { write(t, dir, "main.go", "") }, true},
		"a project that ignores things":    {func(t *testing.T, dir string) { write(t, dir, ignoreFile, "*.o\n") }, true},
		"a project already spoilt":         {func(t *testing.T, dir string) { write(t, dir, "main.go", ""); write(t, dir, ignoreFile, "*\n") }, true},
		"a directory of mine":              {func(t *testing.T, dir string) { require.NoError(t, os.Mkdir(filepath.Join(dir, ".git"), 0o755)) }, true},
		"a .gitignore that is a directory": {func(t *testing.T, dir string) { require.NoError(t, os.Mkdir(filepath.Join(dir, ignoreFile), 0o755)) }, true},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			test.made(t, dir)
			before, _ := os.ReadDir(dir)
			err := Create(dir, 0o055, ours)
			if test.refuse {
				var e *ForeignError
				require.ErrorAs(t, err, &e)
				assert.ErrorContains(t, err, "holds other things ("+e.Names[0])
				assert.ErrorContains(t, err, "name a new directory, such as "+filepath.Join(dir, "evidence"))
				assert.Equal(t, e.Hidden, name == "a project already spoilt")
				after, _ := os.ReadDir(dir)
				assert.Equal(t, before, after, "nothing is written")
				return
			}
			require.NoError(t, err)
			assert.Equal(t, mark, read(t, dir, ignoreFile))
			require.NoError(t, Create(dir, 0o055, ours))
		})
	}
	file := filepath.Join(t.TempDir(), "file")
	write(t, filepath.Dir(file), "file", "")
	require.ErrorIs(t, Create(file, 0, ours), ErrNotDirectory)
	require.ErrorIs(t, Close(file, ours), ErrNotDirectory)
}

func TestOthersAreKeptOut(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no permission bits on Windows")
	}
	perm := func(dir string) fs.FileMode {
		info, err := os.Stat(dir)
		require.NoError(t, err)
		return info.Mode().Perm()
	}
	for _, test := range []struct{ before, others, created, closed fs.FileMode }{
		{0o777, 0o055, 0o755, 0o700}, {0o777, 0, 0o700, 0o700}, {0o755, 0o055, 0o755, 0o755}, {0o755, 0, 0o700, 0o755},
		{0o700, 0, 0o700, 0o700}, {0o720, 0o055, 0o700, 0o700},
	} {
		dir := t.TempDir()
		write(t, dir, "lock", "")
		require.NoError(t, os.Chmod(dir, test.before))
		require.NoError(t, Close(dir, ours))
		assert.Equal(t, test.closed, perm(dir))
		require.NoError(t, os.Chmod(dir, test.before))
		require.NoError(t, Create(dir, test.others, ours))
		assert.Equal(t, test.created, perm(dir))
	}
	// A directory with other things stays as it is: safe to use if only its owner can write to it, refused if others can.
	shared := t.TempDir()
	write(t, shared, "main.go", "")
	require.NoError(t, os.Chmod(shared, 0o755))
	require.NoError(t, Close(shared, ours))
	require.NoError(t, os.Chmod(shared, 0o777))
	err := Close(shared, ours)
	var e *OpenError
	require.ErrorAs(t, err, &e)
	assert.ErrorContains(t, err, "other users can change it, and gradtest cannot close it to them (others may need what else is in it: main.go)")
	assert.ErrorContains(t, err, "use another directory, or run chmod go-w "+shared)
	assert.Equal(t, fs.FileMode(0o777), perm(shared))
}
