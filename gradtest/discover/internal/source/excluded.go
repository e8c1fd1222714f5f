package source

import (
	"fmt"
	"go/build/constraint"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// noteExcluded notes the files that build constraints exclude and that other tags would include, and those that need
// cgo where it is off. Files for other systems and tools are not worth a note.
func (l *loader) noteExcluded(roots []*packages.Package) {
	byTag := make(map[string]map[string]bool)
	needC := make(map[string]bool)
	for _, p := range roots {
		for _, name := range p.IgnoredFiles {
			if filepath.Ext(name) != ".go" {
				continue
			}
			text, err := os.ReadFile(name)
			if err != nil {
				continue
			}
			tags := missingTags(string(text))
			switch {
			case len(tags) > 0:
				for _, t := range tags {
					if byTag[t] == nil {
						byTag[t] = make(map[string]bool)
					}
					byTag[t][name] = true
				}
			case strings.Contains(string(text), "import \"C\""):
				needC[name] = true
			}
		}
	}
	for _, t := range slices.Sorted(maps.Keys(byTag)) {
		l.prog.note("%s the build tag %s and %s not scanned: give it with --tags %s", needs(byTag[t]), t, was(byTag[t]), t)
	}
	if len(needC) > 0 {
		l.prog.note("%s cgo, which is off, and %s not scanned: set CGO_ENABLED=1", needs(needC), was(needC))
	}
}

func needs(files map[string]bool) string {
	if len(files) == 1 {
		return "1 file needs"
	}
	return fmt.Sprintf("%d files need", len(files))
}

func was(files map[string]bool) string {
	if len(files) == 1 {
		return "was"
	}
	return "were"
}

// missingTags returns the tags of the app's own that the constraint of a file asks for.
func missingTags(text string) (tags []string) {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "package ") {
			break
		}
		if !constraint.IsGoBuild(line) {
			continue
		}
		expr, err := constraint.Parse(line)
		if err != nil {
			return nil
		}
		// Set tags of the app's own one after another until the file is included.
		set := make(map[string]bool)
		for _, t := range ownTags(expr) {
			holds := func(extra string) bool {
				return expr.Eval(func(tag string) bool { return tag == extra || set[tag] || given(tag) })
			}
			if holds("") {
				break
			}
			if holds(t) {
				return []string{t}
			}
			set[t] = true
		}
		if len(set) > 0 && expr.Eval(func(tag string) bool { return set[tag] || given(tag) }) {
			tags = slices.Sorted(maps.Keys(set))
		}
	}
	return tags
}

// ownTags are the tags of an expression that are neither systems nor conventions, in their order.
func ownTags(e constraint.Expr) (tags []string) {
	switch e := e.(type) {
	case *constraint.AndExpr:
		return append(ownTags(e.X), ownTags(e.Y)...)
	case *constraint.OrExpr:
		return append(ownTags(e.X), ownTags(e.Y)...)
	case *constraint.TagExpr:
		switch {
		case slices.Contains(systems, e.Tag), slices.Contains(conventions, e.Tag), strings.HasPrefix(e.Tag, "go1."):
			return nil
		}
		return []string{e.Tag}
	}
	return nil // what is negated excludes
}

// given reports whether the go command sets a tag here.
func given(tag string) bool {
	unix := runtime.GOOS != "windows" && runtime.GOOS != "plan9" && runtime.GOOS != "js" && runtime.GOOS != "wasip1"
	return tag == runtime.GOOS || tag == runtime.GOARCH || tag == "unix" && unix || tag == "cgo" || tag == "gc" || strings.HasPrefix(tag, "go1.")
}

// systems are the tags that the go command sets for a system or compiler, conventions those of files that are no part
// of a program.
var (
	systems = []string{
		"aix", "android", "darwin", "dragonfly", "freebsd", "illumos", "ios", "js", "linux", "netbsd", "openbsd", "plan9",
		"solaris", "wasip1", "windows", "unix", "zos", "386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "mips64le",
		"mipsle", "ppc64", "ppc64le", "riscv64", "s390x", "wasm", "cgo", "gc", "gccgo", "race", "msan", "asan", "purego",
		"appengine",
	}
	conventions = []string{"ignore", "tools", "never", "generate", "gen", "mage"}
)
