package gradtest_test

import (
	"context"
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// junitCase is a test in a JUnit file.
type junitCase struct {
	Name       string `xml:"name,attr"`
	Class      string `xml:"classname,attr"`
	Properties []struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value,attr"`
	} `xml:"properties>property"`
	Failure *string `xml:"failure"`
}

func (c junitCase) property(name string) string {
	for _, p := range c.Properties {
		if p.Name == name {
			return p.Value
		}
	}
	return ""
}

// junit converts the output of go test -json as the workflows of examples/ci do.
func junit(t *testing.T, events string) map[string]junitCase {
	t.Helper()
	dir := t.TempDir()
	in, out := filepath.Join(dir, "events.json"), filepath.Join(dir, "junit.xml")
	require.NoError(t, os.WriteFile(in, []byte(events), 0o600))
	gotestsum := func(proxy string, args ...string) ([]byte, error) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		cmd := exec.CommandContext(ctx, "go", append([]string{"run", "gotest.tools/gotestsum@v1.13.0"}, args...)...)
		if proxy != "" {
			cmd.Env = append(os.Environ(), "GOPROXY="+proxy)
		}
		return cmd.CombinedOutput()
	}
	proxy := "off" // is it there already?
	if _, err := gotestsum(proxy, "--version"); err != nil {
		proxy = ""
		if text, err := gotestsum(proxy, "--version"); err != nil {
			require.Empty(t, os.Getenv("CI"), "CI needs gotestsum for this test: %s", text)
			t.Skipf("NOT TESTED: go run gotest.tools/gotestsum does not work here: %s", text)
		}
	}
	_, _ = gotestsum(proxy, "--format", "none", "--junitfile", out, "--raw-command", "--", "cat", in) // it ends with the status of the tests
	text, err := os.ReadFile(out)
	require.NoError(t, err)
	var file struct {
		Cases []junitCase `xml:"testsuite>testcase"`
	}
	require.NoError(t, xml.Unmarshal(text, &file))
	cases := make(map[string]junitCase)
	for _, c := range file.Cases {
		cases[c.Name] = c
	}
	require.Len(t, cases, len(file.Cases), "each name once")
	return cases
}

// TestJUnit: a CI service that reads JUnit files shows each endpoint and each rule with what it got and needs, and a
// failure that can be understood without the rest of the output.
func TestJUnit(t *testing.T) {
	t.Parallel()
	c := newConsumer(t, rctest.Config{Window: time.Second, Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}}).live()
	cmd := exec.Command("go", "test", "-json", "-run", "TestGraduation", ".")
	cmd.Dir, cmd.Env = c.dir, c.env
	events, err := cmd.Output()
	require.Error(t, err)
	assert.NotContains(t, string(events), c.server.ClientSecret)
	cases := junit(t, string(events))

	for name, want := range map[string]struct {
		got, need string
		failure   []string // empty: it passes
	}{
		"TestGraduation/endpoints/readExtension": {`\d+`, "5", nil},
		"TestGraduation/endpoints/listMessages": {"0", "5", []string{
			"403 CMN-401", "CMN-401: the app lacks the app scope that the operation needs", "app_test.go:", "request ",
		}},
		"TestGraduation/endpoints": {failure: []string{" of 3 endpoints failed: ", "listMessages"}},
		"TestGraduation/criteria/endpoints": {"[12] of 3 endpoints", "5 successful calls on each", []string{
			" of 3 endpoints, need 5 successful calls on each", "listMessages: 5 more successful calls",
		}},
		"TestGraduation/criteria": {failure: []string{" of 4 rules failed: ", "endpoints, scopes"}},
		"TestGraduation":          {failure: []string{"NOT READY", "listMessages"}},
	} {
		got, known := cases[name]
		require.True(t, known, "%s is missing in %v", name, cases)
		assert.Equal(t, "consumer", got.Class, name)
		if want.got != "" {
			assert.Regexp(t, "^"+want.got+"$", got.property("gradtest.got"), name)
			assert.Equal(t, want.need, got.property("gradtest.need"), name)
		}
		if len(want.failure) == 0 {
			assert.Nil(t, got.Failure, name)
			continue
		}
		if assert.NotNil(t, got.Failure, name) {
			text := strings.Join(strings.Fields(*got.Failure), " ")
			for _, part := range want.failure {
				assert.Contains(t, text, part, name)
			}
		}
	}
	// Whether the error budget refuses this one, and the share of errors in the end, depend on which call ends first.
	if c := cases["TestGraduation/criteria/auth-errors"]; c.Failure != nil {
		assert.Contains(t, *c.Failure, "403 CMN-401 listMessages")
	}
	if c := cases["TestGraduation/endpoints/listExtensionDevices"]; c.Failure != nil {
		assert.Contains(t, *c.Failure, "fix the calls that failed and run the whole suite again")
	}
	for name, c := range cases {
		if rest, found := strings.CutPrefix(name, "TestGraduation/"); found && strings.Contains(rest, "/") {
			assert.Len(t, c.Properties, 2, "each endpoint and each rule says what it got and needs: %s", name)
		}
	}
}
