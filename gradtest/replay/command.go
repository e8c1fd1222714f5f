package replay

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/internal/environ"
	"github.com/graduationkit/ringcentral/gradtest/internal/modroot"
)

// recordCommand returns the command that records the cassette of a test, to be typed at the module's root; test is
// empty outside of tests. Without -count=1 go test would not run it again when only the server's data has changed.
func recordCommand(test string) string {
	command := environ.Record + "=1 go test -count=1 "
	switch {
	case strings.HasPrefix(test, "Benchmark"):
		command += "-run '^$' -bench '" + pattern(test) + "' "
	case test != "":
		command += "-run '" + pattern(test) + "' "
	}
	return command + directory()
}

// pattern returns what selects one test.
func pattern(test string) string {
	names := strings.Split(test, "/")
	for i, n := range names {
		names[i] = "^" + regexp.QuoteMeta(n) + "$"
	}
	return strings.ReplaceAll(strings.Join(names, "/"), "'", `'\''`)
}

// directory is the package's, from its module's root.
func directory() string {
	wd, err := os.Getwd()
	if err != nil {
		return "."
	}
	root, ok := modroot.Find(wd)
	if !ok {
		return "."
	}
	rel, err := filepath.Rel(root, wd)
	if err != nil || rel == "." {
		return "."
	}
	return "./" + filepath.ToSlash(rel)
}

// partial reports whether go test runs only some of the subtests of a test, so that others do not send what a cassette
// has for them. Outside of a test, for which the name is empty, that goes for all tests.
func partial(test string) bool {
	levels := 0
	if test != "" {
		levels = strings.Count(test, "/") + 1
	}
	for _, name := range []string{"test.run", "test.bench", "test.skip"} {
		f := flag.Lookup(name)
		if f == nil || f.Value.String() == "" || name == "test.bench" && !strings.HasPrefix(test, "Benchmark") {
			continue
		}
		if strings.Count(f.Value.String(), "/") >= levels {
			return true
		}
	}
	return false
}
