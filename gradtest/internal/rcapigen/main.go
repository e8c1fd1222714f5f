// Command rcapigen writes the catalogue of package rcapi from OpenAPI specifications, one for each edition.
//
// # Usage
//
//	go run ./gradtest/internal/rcapigen -spec EDITION=PATH:… -out gradtest/rcapi -shapes gradtest/internal/shape
//
// or, from gradtest/rcapi, with the list in an environment variable:
//
//	RC_SPEC=2021-03=PATH:2023-05=PATH:2024-03-05=PATH:2026-08=PATH go generate .
//
// A new edition needs a constant in rcapi/edition.go first.
//
// It writes operations_gen.go, table_gen.go, scopes_gen.go, editions_gen.go and errors_gen.go and, with -shapes,
// skeletons.gen.txt for package shape. The files contain facts and no text of the specification, in an order that
// depends on paths and methods and not on the input files. On an error nothing is written.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/graduationkit/ringcentral/gradtest/internal/rcapigen/openapi"
	"github.com/graduationkit/ringcentral/gradtest/internal/specfiles"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, err)
		}
		os.Exit(2)
	}
}

func run(args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("rcapigen", flag.ContinueOnError)
	flags.SetOutput(stderr)
	specs := flags.String("spec", "", "the OpenAPI specifications, YAML or JSON: a `list` of EDITION=PATH")
	some := flags.Bool("some", false, "write a catalogue that lacks editions")
	out := flags.String("out", ".", "the folder of package rcapi")
	shapes := flags.String("shapes", "", "the folder of package shape; empty: no skeletons are written")
	if err := flags.Parse(args); err != nil {
		return err
	}
	editions, err := read(*specs, *some)
	if err != nil {
		return err
	}
	files, rows, err := generate(editions, *out)
	if err != nil {
		return err
	}
	paths := make(map[string][]byte, len(files)+1)
	for name, content := range files {
		paths[filepath.Join(*out, name)] = content
	}
	if *shapes != "" {
		skeletons, err := openapi.Skeletons(editions, rows)
		if err != nil {
			return err
		}
		if paths[filepath.Join(*shapes, "skeletons.gen.txt")], err = skeletons.Marshal(); err != nil {
			return err
		}
	}
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		if err := os.WriteFile(path, paths[path], 0o644); err != nil {
			return fmt.Errorf("rcapigen: write: %w", err)
		}
	}
	_, err = fmt.Fprintf(stdout, "rcapigen: %d operations of %d editions, %d scopes\n", len(rows), len(editions), len(scopes(rows)))
	return err
}

// read reads the specifications of a list.
func read(list string, some bool) ([]openapi.Edition, error) {
	given, err := specfiles.Parse(list)
	if err != nil {
		return nil, fmt.Errorf("rcapigen: %w", err)
	}
	if len(given) == 0 || !some && len(given) < len(rcapi.Editions()) {
		return nil, fmt.Errorf("rcapigen: %d of %d editions are given: pass -spec EDITION=PATH:…, or set RC_SPEC for go generate, "+
			"with a file for each of %v", len(given), len(rcapi.Editions()), rcapi.Editions())
	}
	var out []openapi.Edition
	for _, f := range given {
		src, err := os.ReadFile(f.Path)
		if err != nil {
			return nil, fmt.Errorf("rcapigen: read the specification: %w", err)
		}
		rows, err := openapi.Read(src)
		if err != nil {
			return nil, fmt.Errorf("rcapigen: %s: %w", f.Path, err)
		}
		out = append(out, openapi.Edition{Name: string(f.Edition), Src: src, Rows: rows})
	}
	return out, nil
}

// generate renders the files for the package in dir.
func generate(editions []openapi.Edition, dir string) (map[string][]byte, []openapi.Merged, error) {
	rows, err := openapi.Merge(editions, func(s string) string { return string(rcapi.Scope(s).Canonical()) })
	if err != nil {
		return nil, nil, err
	}
	taken, err := declared(dir)
	if err != nil {
		return nil, nil, err
	}
	if err := check(rows, taken); err != nil {
		return nil, nil, err
	}
	files, err := emit(rows)
	return files, rows, err
}
