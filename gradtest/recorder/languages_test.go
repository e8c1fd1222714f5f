package recorder

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestLanguages records programs in other languages: with the address in a variable, and with a fixed one.
func TestLanguages(t *testing.T) {
	t.Parallel() // with those that wait
	for name, program := range map[string][]string{
		"Python":  {"python3", "testdata/program.py"},
		"Node.js": {"node", "testdata/program.mjs"},
		"curl":    {"sh", "testdata/program.sh"},
	} {
		tool := program[0]
		if name == "curl" {
			tool = "curl"
		}
		if _, err := exec.LookPath(tool); err != nil {
			if os.Getenv("CI") == "true" {
				t.Fatalf("%s is missing: .ci/run installs it", tool)
			}
			t.Logf("SKIPPED, NOT TESTED: %s is not installed", tool)
			continue
		}
		for _, fixed := range []string{"", "https://platform.ringcentral.com"} {
			if fixed != "" && name == "Node.js" && !nodeReadsProxy() {
				t.Log("SKIPPED, NOT TESTED: this Node.js does not read HTTPS_PROXY")
				continue
			}
			args := program
			if fixed != "" {
				args = append(args[:len(args):len(args)], fixed)
			}
			var out, stderr bytes.Buffer
			cfg := Config{Proxy: fixed != "", Getenv: getenv()}
			s, status, err := Run(cfg, Program{Args: args, Stdout: &out, Stderr: &stderr})
			require.NoError(t, err, name)
			require.Zero(t, status, "%s %s: %s\n%v", name, fixed, &stderr, s.Notes)
			assert.Equal(t, "200\n404\n404\n", out.String(), "%s %s: %s", name, fixed, &stderr)
			require.Len(t, s.Operations, 1, name)
			assert.Equal(t, "readExtension", s.Operations[0].ID)
			assert.Equal(t, map[string]int{"jwt-bearer": 1}, s.Grants)
			require.Len(t, s.Unknown, 1)
			assert.Equal(t, map[string]int{"404": 2}, s.Unknown[0].Statuses)
			require.Len(t, s.Operations[0].Clients, 1)
			product, _, _ := strings.Cut(strings.ToLower(name), ".")
			assert.Contains(t, strings.ToLower(s.Operations[0].Clients[0]), product)
		}
	}
}

// nodeReadsProxy reports whether this Node.js knows NODE_USE_ENV_PROXY (22.21, 24.5 and later).
func nodeReadsProxy() bool {
	known := `process.exit(process.allowedNodeEnvironmentFlags.has('--use-env-proxy') ? 0 : 1)`
	return exec.Command("node", "-e", known).Run() == nil
}
