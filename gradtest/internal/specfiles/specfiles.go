// Package specfiles finds the platform's specifications, one file for each edition of the catalogue. The generator and
// tests use it; no program does.
package specfiles

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Variable is the environment variable that lists the files.
const Variable = "RC_SPEC"

// File is the specification of one edition.
type File struct {
	Edition rcapi.Edition
	Path    string
}

// Parse reads a list such as "2021-03=old.json:new.yml", with the path separator of the system between the files. A
// file without an edition is the newest. The result is sorted, the oldest first; it may lack editions.
func Parse(list string) ([]File, error) {
	var out []File
	for _, item := range filepath.SplitList(list) {
		if item == "" {
			continue
		}
		f := File{Edition: rcapi.Newest, Path: item}
		if name, path, ok := strings.Cut(item, "="); ok {
			f = File{Edition: rcapi.Edition(name), Path: path}
		}
		known := rcapi.Editions()
		switch {
		case !slices.Contains(known, f.Edition):
			return nil, fmt.Errorf("specfiles: %s: no edition is named %q: use one of %v", item, f.Edition, known)
		case slices.ContainsFunc(out, func(o File) bool { return o.Edition == f.Edition }):
			return nil, fmt.Errorf("specfiles: %s: edition %s is there twice: write EDITION=PATH for each file", item, f.Edition)
		}
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b File) int { return strings.Compare(string(a.Edition), string(b.Edition)) })
	return out, nil
}

// Given returns the files that the environment lists; none if it lists none.
func Given() ([]File, error) { return Parse(os.Getenv(Variable)) }
