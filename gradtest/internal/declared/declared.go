// Package declared hands a declaration from a test, which calls [Write], to the program that runs the test for its
// declaration alone. They share a directory, whose path is in the environment variable GRADTEST_DECLARE.
package declared

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// Entry is one declaration.
type Entry struct {
	Declaration *ledger.Declaration `json:"declaration,omitempty"` // nil: see Fault
	Test        string              `json:"test,omitempty"`        // name of the test; empty: not known
	Fault       string              `json:"fault,omitempty"`       // why the declaration is refused
}

// request is the file that makes a directory one for declarations. Without it a variable that was left in the
// environment could keep a whole suite from testing, unnoticed.
const request = "declarations-wanted"

// Create makes a directory for declarations.
func Create() (dir string, err error) {
	if dir, err = os.MkdirTemp("", "gradtest-declare-"); err != nil {
		return "", err
	}
	return dir, os.WriteFile(filepath.Join(dir, request), nil, 0o600)
}

// Write adds a declaration to the directory. It refuses one that Create did not make.
func Write(dir string, e Entry) error {
	if _, err := os.Stat(filepath.Join(dir, request)); err != nil {
		return fmt.Errorf("gradtest: GRADTEST_DECLARE is for gradtest plan, which runs tests with it: unset it: %w",
			err)
	}
	text, err := json.Marshal(e)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, "*.partial")
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), f.Name()+".json") // a killed test leaves no half of an entry
}

// Read returns the declarations in the directory, by test.
func Read(dir string) ([]Entry, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, err
	}
	var all []Entry
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		var e Entry
		if err := json.Unmarshal(text, &e); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, e)
	}
	slices.SortStableFunc(all, func(a, b Entry) int {
		switch {
		case a.Test < b.Test:
			return -1
		case a.Test > b.Test:
			return 1
		}
		return 0
	})
	return all, nil
}
