package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/redistest"
	"github.com/graduationkit/ringcentral/gradtest/redisstore"
)

// TestLocate looks in the places where package gradtest puts the evidence.
func TestLocate(t *testing.T) {
	module := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(module, "go.mod"), []byte("module example.com/crm\n"), 0o600))
	require.NoError(t, os.Mkdir(filepath.Join(module, "sub"), 0o700))
	t.Chdir(filepath.Join(module, "sub"))
	module, err := filepath.EvalSymlinks(module)
	require.NoError(t, err)
	for _, c := range []struct {
		flag string
		env  map[string]string
		want string // empty: Redis
	}{
		{want: filepath.Join(module, ".gradtest")},
		{env: map[string]string{"GRADTEST_DIR": "there"}, want: "there"},
		{flag: "here", env: map[string]string{"GRADTEST_DIR": "there"}, want: "here"},
		{env: map[string]string{"GRADTEST_REDIS": "redis://:hush@localhost"}},
		{flag: "here", env: map[string]string{"GRADTEST_REDIS": "redis://:hush@localhost"}, want: "here"},
		{env: map[string]string{"GRADTEST_REDIS": "redis://:hush@localhost", "GRADTEST_DIR": "there"}},
	} {
		in, err := locate(c.flag, func(name string) string { return c.env[name] })
		require.NoError(t, err)
		got := in.String()
		if c.want == "" {
			assert.Equal(t, "the Redis of GRADTEST_REDIS", got)
			continue
		}
		if got, err = filepath.Abs(got); filepath.IsAbs(c.want) {
			require.NoError(t, err)
			got, err = filepath.EvalSymlinks(filepath.Dir(got))
			require.NoError(t, err)
			got = filepath.Join(got, ".gradtest")
		}
		assert.Equal(t, filepath.Base(c.want), filepath.Base(got))
		assert.True(t, !filepath.IsAbs(c.want) || c.want == got, got)
	}
}

// TestCommandsOnRedis has every command that looks at evidence look at what several machines share.
func TestCommandsOnRedis(t *testing.T) {
	const app = "platform.example.com-0a1b2c3d"
	redis := redistest.Start(t)
	t.Chdir(t.TempDir()) // outside of any module
	env := map[string]string{"GRADTEST_REDIS": redis.URL()}
	run := func(want int, args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		got := Main(args, &out, &errs, func(name string) string { return env[name] })
		assert.Equal(t, want, got, "%v: %s", args, errs.String())
		return out.String() + errs.String()
	}
	assert.Contains(t, run(statusError, "status"), "no evidence in the Redis of GRADTEST_REDIS")

	s, err := redisstore.Open(t.Context(), redis.URL(), app)
	require.NoError(t, err)
	defer s.Close()
	records, err := scene("declare crm-sync graduation ReadAccounts readExtension\ncalls 25 readExtension 200 1h light:10/60s\n", time.Now())
	require.NoError(t, err)
	require.NoError(t, s.Append(t.Context(), records...))

	assert.Contains(t, run(statusDone, "status"), "crm-sync: READY")
	assert.Contains(t, run(statusDone, "status", "--app", app), "Evidence of "+app)
	assert.Contains(t, run(statusError, "status", "--app", "other"), `no app is named "other"`)
	assert.Contains(t, run(statusDone, "plan", "--json"), `"ready": true`)
	assert.Contains(t, run(statusDone, "report", "-f", "markdown"), "crm-sync")
	assert.Regexp(t, app+` +[12] +26 +25 +- +- +- +-`, run(statusDone, "ledger", "verify"))
	assert.Contains(t, run(statusDone, "ledger", "prune"), app)

	zip := filepath.Join(t.TempDir(), "evidence.zip")
	assert.Regexp(t, `READY +25 +no `, run(statusDone, "bundle", "-o", zip))
	assert.Contains(t, run(statusDone, "verify", zip), "crm-sync: READY")

	file := filepath.Join(t.TempDir(), "e.jsonl")
	assert.Regexp(t, app+` +25 +1 `, run(statusDone, "ledger", "export", "-o", file))
	assert.Regexp(t, app+` +- +- +26 `, run(statusDone, "ledger", "import", file), "all of it is known")
	other := redistest.Start(t)
	env["GRADTEST_REDIS"] = other.URL()
	assert.Regexp(t, app+` +25 +1 +- `, run(statusDone, "ledger", "import", file))
	assert.Contains(t, run(statusDone, "status"), "crm-sync: READY")

	env["GRADTEST_REDIS"] = "redis://user:hush@127.0.0.1:1?patience=10ms"
	text := run(statusError, "status")
	assert.Contains(t, text, "start it, or correct GRADTEST_REDIS")
	assert.NotContains(t, text, "hush")
}
