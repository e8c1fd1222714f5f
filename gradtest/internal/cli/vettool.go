package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/graduationkit/ringcentral/gradtest/drift"
)

// VetTool does what go vet asks of a tool, where args are those that go vet passes: -V=full, -flags, or a file *.cfg
// after flags. Then it ends the process; else it returns.
func VetTool(args []string) {
	if len(args) == 0 {
		return
	}
	last := args[len(args)-1]
	if config := strings.HasSuffix(last, ".cfg") && flagsOnly(args[:len(args)-1]); !config &&
		!(len(args) == 1 && (last == "-V=full" || last == "-flags")) {
		return
	} else if config {
		os.Args[len(os.Args)-1] = fresh(last)
	}
	unitchecker.Main(drift.Analyzer)
}

var externalTest = regexp.MustCompile(`(?m)^package \w+_test\b`)

func flagsOnly(args []string) bool {
	for _, a := range args {
		if !strings.HasPrefix(a, "-") {
			return false
		}
	}
	return true
}

// fresh returns a configuration with which go vet does not keep the answer, for tests that nothing imports. go vet
// keeps the answer of a package until the package or what it imports changes; but the analyzer looks at the whole
// module, and an App seldom imports all of it.
func fresh(name string) string {
	text, err := os.ReadFile(name)
	if err != nil {
		return name // unitchecker reports it
	}
	var c map[string]any
	if json.Unmarshal(text, &c) != nil || !lastTests(c) {
		return name
	}
	other := strings.TrimSuffix(name, ".cfg") + "-fresh.cfg"
	c["VetxOutput"] = strings.TrimSuffix(name, ".cfg") + "-fresh.out" // go vet keeps an answer only with its facts
	if text, err = json.Marshal(c); err != nil || os.WriteFile(other, text, 0o600) != nil {
		return name
	}
	return other
}

// lastTests reports whether a package is compiled with its tests, and nothing imports it so: its external tests do, but
// no package imports these.
func lastTests(c map[string]any) bool {
	files, _ := c["GoFiles"].([]any)
	tests := slices.ContainsFunc(files, func(f any) bool { name, _ := f.(string); return strings.HasSuffix(name, "_test.go") })
	dir, _ := c["Dir"].(string)
	path, _ := c["ImportPath"].(string)
	if !tests || strings.HasSuffix(path, "_test") {
		return tests
	}
	names, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	if err != nil {
		return false
	}
	for _, name := range names {
		if text, err := os.ReadFile(name); err != nil || externalTest.Match(text) {
			return false
		}
	}
	return true
}
