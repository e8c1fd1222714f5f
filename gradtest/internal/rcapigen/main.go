// Command rcapigen writes the catalogue of package rcapi from an OpenAPI specification.
//
// # Usage
//
//	go run ./gradtest/internal/rcapigen -spec PATH -out gradtest/rcapi -shapes gradtest/internal/shape
//
// or, from gradtest/rcapi, with the path in an environment variable:
//
//	RC_SPEC=PATH go generate .
//
// It writes operations_gen.go, table_gen.go and scopes_gen.go and, with -shapes, skeletons.gen.txt for package shape.
// The files contain facts and no text of the specification, in an order that depends on paths and methods and not on
// the input file. On an error nothing is written.
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
	spec := flags.String("spec", "", "the OpenAPI specification, YAML or JSON")
	out := flags.String("out", ".", "the folder of package rcapi")
	shapes := flags.String("shapes", "", "the folder of package shape; empty: no skeletons are written")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *spec == "" {
		return errors.New("rcapigen: no specification: pass -spec PATH, or set RC_SPEC for go generate")
	}
	src, err := os.ReadFile(*spec)
	if err != nil {
		return fmt.Errorf("rcapigen: read the specification: %w", err)
	}
	files, rows, err := generate(src, *out)
	if err != nil {
		return err
	}
	paths := make(map[string][]byte, len(files)+1)
	for name, content := range files {
		paths[filepath.Join(*out, name)] = content
	}
	if *shapes != "" {
		skeletons, err := openapi.Skeletons(src, rows)
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
	_, err = fmt.Fprintf(stdout, "rcapigen: %d operations, %d scopes\n", len(rows), len(scopes(rows)))
	return err
}

// generate renders the files for the package in dir.
func generate(src []byte, dir string) (map[string][]byte, []openapi.Row, error) {
	rows, err := openapi.Read(src)
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
