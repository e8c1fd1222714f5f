package doccheck

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/child"
	"github.com/graduationkit/ringcentral/gradtest/internal/environ"
)

// reader is a person who types the commands of a page from top to bottom in one shell.
type reader struct {
	name   string
	page   string
	module bool              // starts in a module with the test of the README; else in an empty directory
	before map[string]string // what the reader types before a block, by how the block begins
	typed  []string          // pairs: what the page shows, and what is typed instead
	passed map[string]string // blocks that are not typed, by how they begin, and why
}

const (
	build = `go build -C REPOSITORY -o "$PWD/bin/" ./gradtest/cmd/gradtest`

	// serve keeps an emulator in the background, on any free port.
	serve = `bin/gradtest emulator --window 1s --addr 127.0.0.1:0 > emulator.env 2> emulator.log & server=$!
trap 'kill $server' EXIT
until [ -s emulator.env ]; do kill -0 $server; sleep 0.02; done
`
)

// writeApp gives the module an app that calls the platform.
const writeApp = `cat > app.go <<'END'
package myapp

import (
	"net/http"
	"strings"
)

const user = "https://platform.ringcentral.com/restapi/v1.0/account/~/extension/~"

func Calls() (*http.Response, error) { return http.Get(user + "/call-log") }
func Owner() (*http.Response, error) { return http.Get(user) }
func Add(name string) (*http.Response, error) {
	return http.Post(user+"/address-book/contact", "application/json", strings.NewReader(name))
}
func Message(id string) (*http.Response, error) { return http.Get(user + "/message-store/" + id) }
END
`

var readers = []reader{
	{
		name: "newcomer", page: "README.md",
		typed: []string{"go run ./", "go run -C REPOSITORY ./", "-- go run ./", "-- go run -C REPOSITORY ./", "go test ./", "go test -C REPOSITORY ./"},
		passed: map[string]string{
			"go mod edit": "typed by the app developer",
		},
	},
	{
		name: "app developer", page: "README.md", module: true,
		typed: []string{"../ringcentral", "REPOSITORY"},
		before: map[string]string{
			"go mod edit -tool=": "go test -v\n" + build + "\n" + serve + ". ./emulator.env\ngo test",
		},
		passed: map[string]string{
			"go run": "typed by the newcomer",
		},
	},
	{
		name: "developer with existing tests", page: "docs/adopting.md", module: true,
		before: map[string]string{
			"go tool gradtest init": "go mod edit -tool=github.com/graduationkit/ringcentral/gradtest/cmd/gradtest\ngo mod tidy\n" +
				writeApp,
		},
		typed:  []string{"gradtest record -- npm test", "go tool gradtest record -- true"},
		passed: map[string]string{"go run ./examples/qasweep": "typed by the newcomer"},
	},
	{
		name: "developer with an account", page: "docs/real-servers.md", module: true,
		before: map[string]string{
			"export RC_SERVER_URL": "go mod edit -tool=github.com/graduationkit/ringcentral/gradtest/cmd/gradtest\ngo mod tidy\n" + build + "\n" + serve,
		},
		typed: []string{
			"export RC_SERVER_URL=https://platform.devtest.ringcentral.com\nexport RC_APP_CLIENT_ID=…\nexport RC_APP_CLIENT_SECRET=…\nexport RC_USER_JWT=…",
			". ./emulator.env",
			"go run ./gradtest/cmd/gradtest emulator --window 3s > emulator.env   # in one terminal\n", "",
			"go run ./examples/qasweep", "go run -C REPOSITORY ./examples/qasweep",
			"go run ./gradtest/cmd/gradtest", "bin/gradtest",
		},
	},
	{
		name: "developer in another language", page: "docs/emulator.md",
		typed: []string{
			"go build -o bin/ ./gradtest/cmd/gradtest", build,
			"bin/gradtest emulator --addr 127.0.0.1:8080 > emulator.env", strings.Replace(serve, "1s", "1m", 1),
			"-- npm test", "-- true",
		},
		before: map[string]string{ // "After 21 calls to an emulator with --scopes ReadAccounts"
			`curl -s -X POST "$RC_SERVER_URL/emulator/console/apply"`: "kill $server; rm emulator.env\n" +
				strings.Replace(serve, "--window 1s", "--scopes ReadAccounts", 1) + `. ./emulator.env
TOKEN=$(curl -s -u "$RC_APP_CLIENT_ID:$RC_APP_CLIENT_SECRET" "$RC_SERVER_URL/restapi/oauth/token" \
	-d grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer -d "assertion=$RC_USER_JWT" | jq -r .access_token)
for i in $(seq 21); do
	curl -sf -o /dev/null -H "Authorization: Bearer $TOKEN" "$RC_SERVER_URL/restapi/v1.0/account/~/extension/~"
done
`,
		},
	},
}

// TestTypedCommands types what the pages show, and compares the output with the one that they show.
func TestTypedCommands(t *testing.T) {
	if testing.Short() {
		t.Skip("types the commands of the documentation, which takes seconds: leave out -short")
	}
	for _, tool := range []string{"sh", "curl", "jq"} {
		if _, err := exec.LookPath(tool); err != nil {
			require.Empty(t, os.Getenv("CI"), "CI needs %s for this test", tool)
			t.Skipf("NOT TESTED: there is no %s to type the commands of the documentation with", tool)
		}
	}
	all := pages(t)
	for _, r := range readers {
		t.Run(strings.ReplaceAll(r.name, " ", "-"), func(t *testing.T) {
			t.Parallel()
			i := slices.IndexFunc(all, func(p page) bool { return p.name == r.page })
			require.GreaterOrEqual(t, i, 0, r.page)
			r.read(t, all[i], readme(t, all))
		})
	}
}

// readme is the test file that the README shows.
func readme(t *testing.T, all []page) string {
	i := slices.IndexFunc(all, func(p page) bool { return p.name == "README.md" })
	require.GreaterOrEqual(t, i, 0)
	return all[i].blocks("go")[0]
}

// read types the blocks of a page.
func (r reader) read(t *testing.T, p page, suite string) {
	repository, err := filepath.Abs(root)
	require.NoError(t, err)
	dir := t.TempDir()
	if r.module {
		setting := "module myapp\n\ngo 1.26\n"
		if r.page != "README.md" { // where the reader has done what the README says
			setting += "\nrequire github.com/graduationkit/ringcentral v0.0.0\n\nreplace github.com/graduationkit/ringcentral => " + repository + "\n"
		}
		require.NoError(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte(setting), 0o600))
		require.NoError(t, os.WriteFile(filepath.Join(dir, "graduation_test.go"), []byte(suite), 0o600))
	}
	steps := p.steps()
	var script strings.Builder
	script.WriteString("set -e\n")
	replacer := strings.NewReplacer(slices.Concat(r.typed, []string{"REPOSITORY", repository})...)
	used := make(map[string]bool)
	note := func(m map[string]string, block string) (string, bool) {
		for begin, value := range m {
			if strings.HasPrefix(block, begin) {
				used[begin] = true
				return value, true
			}
		}
		return "", false
	}
	for i, s := range steps {
		if _, passed := note(r.passed, s.block); passed {
			continue
		}
		if before, found := note(r.before, s.block); found {
			fmt.Fprintf(&script, "printf '\\n=== before %d\\n'\n%s\n", i, strings.ReplaceAll(before, "REPOSITORY", repository))
		}
		fmt.Fprintf(&script, "printf '\\n=== block %d\\n'\n%s\n", i, replacer.Replace(replacer.Replace(s.block)))
	}
	script.WriteString("printf '\\n=== end\\n'\n")
	for begin := range r.passed {
		assert.True(t, used[begin], "%s has no block that begins with %q", r.page, begin)
	}
	for begin := range r.before {
		assert.True(t, used[begin], "%s has no block that begins with %q", r.page, begin)
	}

	shell := exec.Command("sh")
	shell.Dir = dir
	shell.Stdin = strings.NewReader(script.String())
	shell.Env = child.Environ(os.Environ(), environ.CredentialNames(), []string{"GRADTEST_DIR=", "GRADTEST_REDIS=", "GRADTEST_TARGET="})
	var out bytes.Buffer
	shell.Stdout, shell.Stderr = &out, &out
	require.NoError(t, shell.Run(), "%s\n--- typed:\n%s", &out, &script)
	for i, s := range steps {
		_, printed, found := strings.Cut(out.String(), fmt.Sprintf("\n=== block %d\n", i))
		if !found || s.shown == "" {
			continue
		}
		printed, _, _ = strings.Cut(printed, "\n=== ")
		assertShown(t, s, printed)
	}
}

// step is a block of commands and the output that the page shows for it, if any.
type step struct{ block, shown string }

// steps returns the blocks of commands of a page. A block without a language that follows shows the output.
func (p page) steps() []step {
	var all []step
	end := 0
	for _, m := range fence.FindAllStringSubmatchIndex(p.text, -1) {
		language, text := p.text[m[2]:m[3]], p.text[m[4]:m[5]]
		between := p.text[end:m[0]]
		end = m[1]
		switch {
		case language == "sh":
			all = append(all, step{block: text})
		case language == "" && len(all) > 0 && strings.TrimSpace(between) == "":
			all[len(all)-1].shown = text
		}
	}
	return all
}

// varying is what differs from run to run: numbers, times and ids.
var varying = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]+|\d[\d.]*(ns|µs|ms|s)?|(Mon|Tue|Wed|Thu|Fri|Sat|Sun), .*|code=[\w-]+`)

// assertShown checks that the lines of a page appear in the output, in order. A line that the page has cut ends with …
func assertShown(t *testing.T, s step, printed string) {
	lines := strings.Split(varying.ReplaceAllString(strings.ReplaceAll(printed, "\r", ""), "#"), "\n")
	for want := range strings.SplitSeq(strings.TrimSpace(s.shown), "\n") {
		want = strings.TrimSpace(want)
		cut := strings.HasSuffix(want, "…")
		want = varying.ReplaceAllString(strings.TrimSuffix(want, "…"), "#")
		i := slices.IndexFunc(lines, func(l string) bool {
			l = strings.TrimSpace(l)
			return l == want || cut && strings.HasPrefix(l, want)
		})
		if !assert.GreaterOrEqual(t, i, 0, "the page shows %q after\n%s\nbut the output is\n%s", want, s.block, printed) {
			return
		}
		lines = lines[i+1:]
	}
}
