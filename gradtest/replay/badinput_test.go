package replay_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/dnaeon/go-vcr.v4/pkg/cassette"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/replay"
)

// again is what the errors say to type.
const again = "with\n\tGRADTEST_RECORD=1 go test -count=1 ./gradtest/replay"

// TestBadCassettes: one sentence each, with what to do.
func TestBadCassettes(t *testing.T) {
	good := content(t, record(t, app, func(r *replay.Replay) { send(t, r, "GET", own, "", "") }))
	dir := t.TempDir()
	path := filepath.Join(dir, "c.yaml")
	for _, tc := range []struct{ name, text, want string }{
		{"missing", "", "does not exist: record it " + again},
		{"empty", "\n", "is damaged (it has no interactions): restore it from version control, or record it again " + again},
		{"cut in a body", good[:len(good)/2], "is damaged (an interaction has no status)"},
		{"cut in a name", good[:strings.Index(good, "gradtest:")+5], "is damaged ("},
		{"cut between interactions", strings.Replace(good, "count: 1", "count: 2", 1), "is damaged (it has 1 interactions of 2)"},
		{"no YAML", "\x00\x01", "is damaged (yaml: "},
		{"another type", "- 1\n", "is damaged (yaml: "},
		{"an older version", strings.Replace(good, "\nversion: 2", "\nversion: 1", 1), "has version 1 of go-vcr's format, and only version 2 can be played: record it again " + again},
		{"a newer gradtest", strings.Replace(good, "format: 1", "format: 9", 1), "was recorded by a newer gradtest: update gradtest in go.mod, or record it again " + again},
		{"of go-vcr itself", strings.Replace(good, "gradtest:", "other:", 1), "was not recorded by gradtest, so it may hold secrets: record it again " + again},
		{"another edition", strings.Replace(good, "2024-03-05", "2021-03", 1),
			"was recorded for edition 2021-03 of the platform, and App.Policy is about 2024-03-05: change the policy back, or record it again " + again},
		{"no URL", strings.Replace(good, "url: https://platform.example/", "url: ':", 1), "is damaged ("},
		{"an empty interaction", good + "    - null\n", "is damaged (an interaction has no status)"},
	} {
		if tc.text != "" {
			require.NoError(t, os.WriteFile(path, []byte(tc.text), 0o600))
		}
		_, err := replay.Open(t.Context(), gradtest.App{}, path)
		require.Error(t, err, tc.name)
		assert.Truef(t, strings.HasPrefix(err.Error(), "replay: "+path+" "+tc.want), "%s: %s", tc.name, err)
		assert.Less(t, len(err.Error()), 500)
	}

	require.NoError(t, os.WriteFile(path, []byte(good), 0o600))
	old := gradtest.App{Policy: criteria.Graduation.In(rcapi.Edition2021)}
	_, err := replay.Open(t.Context(), old, path)
	assert.ErrorContains(t, err, "App.Policy is about 2021-03")
	_, err = replay.Open(t.Context(), app, dir+"/.yaml")
	assert.ErrorContains(t, err, "is no name of a cassette: use one such as testdata/owner.yaml")
	_, err = replay.Open(t.Context(), app, "owner.json")
	assert.ErrorContains(t, err, "is no name of a cassette")
	require.NoError(t, os.Mkdir(filepath.Join(dir, "d.yaml"), 0o755))
	_, err = replay.Open(t.Context(), app, filepath.Join(dir, "d.yaml"))
	assert.ErrorContains(t, err, "cannot be read: make it a readable file")
	_, err = replay.Open(t.Context(), app, path, replay.Options{}, replay.Options{})
	assert.ErrorContains(t, err, "more than one Options")
	t.Setenv("GRADTEST_RECORD", "yes")
	_, err = replay.Open(t.Context(), app, path)
	assert.ErrorContains(t, err, `GRADTEST_RECORD is "yes": set it to 1, or unset it`)
}

// TestBadRecordings: nothing is sent when the cassette cannot be written, and the old one stays.
func TestBadRecordings(t *testing.T) {
	t.Setenv("GRADTEST_RECORD", "1")
	dir := t.TempDir()
	blocked := filepath.Join(dir, "file")
	require.NoError(t, os.WriteFile(blocked, nil, 0o600))
	_, err := replay.Open(t.Context(), app, filepath.Join(blocked, "c.yaml"))
	assert.ErrorContains(t, err, "cannot be recorded: make its directory writable")

	path := filepath.Join(dir, "c.yaml")
	require.NoError(t, os.WriteFile(path, []byte("old"), 0o600))
	r, err := replay.Open(t.Context(), app, path)
	require.NoError(t, err)
	_, err = replay.Open(t.Context(), app, path)
	assert.ErrorContains(t, err, "is being recorded by")
	assert.ErrorContains(t, r.Close(), "is not written, because no request to http://127.0.0.1")
	assert.Equal(t, "old", content(t, path))

	r, err = replay.Open(t.Context(), app, path)
	require.NoError(t, err, "the first one is over")
	send(t, r, "GET", own, "", "")
	require.NoError(t, os.Remove(path))
	require.NoError(t, os.MkdirAll(filepath.Join(path, "full"), 0o755))
	assert.ErrorContains(t, r.Close(), "is not written, and an older one is left as it was")
	assert.Equal(t, 2, len(entries(t, dir)), "no temporary file is left")
}

func entries(t *testing.T, dir string) []os.DirEntry {
	all, err := os.ReadDir(dir)
	require.NoError(t, err)
	return all
}

// TestReadOnlyDirectory: not even root can write to a directory of the kernel.
func TestReadOnlyDirectory(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("no directory is read-only for root")
	}
	t.Setenv("GRADTEST_RECORD", "1")
	_, err := replay.Open(t.Context(), app, "/proc/self/c.yaml")
	assert.ErrorContains(t, err, "replay: /proc/self/c.yaml cannot be recorded: make its directory writable: ")
}

// TestFileIsForGoVCRToo: go-vcr reads the cassette, and what it holds is readable by all, since it is to be committed.
func TestFileIsForGoVCRToo(t *testing.T) {
	path := record(t, app, func(r *replay.Replay) { send(t, r, "GET", own, "", "") })
	c, err := cassette.Load(strings.TrimSuffix(path, ".yaml"))
	require.NoError(t, err)
	require.Len(t, c.Interactions, 1)
	assert.Equal(t, "https://platform.example"+own, c.Interactions[0].Request.URL)
	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.Equal(t, "-rw-r--r--", fmt.Sprint(info.Mode()))
}

// FuzzCassette: a damaged cassette gives an error or can be played, and never a panic.
func FuzzCassette(f *testing.F) {
	good, err := os.ReadFile("testdata/example.yaml")
	require.NoError(f, err)
	f.Add(string(good))
	f.Add("gradtest: {format: 1, edition: \"2024-03-05\", count: 1}\nversion: 2\ninteractions:\n" +
		"  - {request: {url: 'https://platform.example/a/%zz?b=%zz'}, response: {code: 200, body: '{\"id\":123456}'}}\n")
	f.Add("gradtest: {format: 1, edition: \"2024-03-05\", count: 1}\nversion: 2\ninteractions:\n" +
		"  - {request: {url: 'https://platform.example/a', headers: {Content-Type: ['multipart/form-data; boundary=x']}, body: '--x'}, " +
		"response: {code: 204, headers: {Content-Encoding: [gzip]}}}\n")
	f.Add("&a [*a]")
	path := filepath.Join(f.TempDir(), "c.yaml")
	f.Fuzz(func(t *testing.T, text string) {
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		r, err := replay.Open(t.Context(), gradtest.App{}, path)
		if err != nil {
			assert.Contains(t, err.Error(), "replay: "+path)
			return
		}
		for _, p := range []string{own, "/a", "/a/%25"} {
			_, _, _ = try(r, "GET", p, "", "")
		}
		_ = r.Close()
	})
}
