package recorder

import (
	"cmp"
	"errors"
	"io"
	"os"

	"github.com/graduationkit/ringcentral/gradtest/internal/child"
)

// Program is a program to run.
type Program struct {
	Args   []string  // the program and its arguments, required
	Env    []string  // its environment besides what the recorder sets; nil: os.Environ()
	Stdin  io.Reader // nil: none
	Stdout io.Writer // nil: os.Stdout
	Stderr io.Writer // nil: os.Stderr
}

// Run records one program from its start to its end. status is its exit status, or 128 + the number of the signal that
// ended it; the signals that this process gets meanwhile are passed to it.
//
// The error says why the program could not be started, and there is no summary then, or which calls could not be
// recorded.
func Run(cfg Config, p Program) (s Summary, status int, err error) {
	r, err := Start(cfg)
	if err != nil {
		return Summary{}, 0, err
	}
	env := p.Env
	if env == nil {
		env = os.Environ()
	}
	end, err := child.Command{
		Args: p.Args, Env: r.Environ(env), Stdin: p.Stdin,
		Stdout: cmp.Or[io.Writer](p.Stdout, os.Stdout), Stderr: cmp.Or[io.Writer](p.Stderr, os.Stderr),
	}.Run()
	if err != nil {
		return Summary{}, 0, errors.Join(err, r.Close())
	}
	err = r.Close()
	s = r.Summary()
	if end.Signal != "" {
		ended := "The program was ended by a signal (" + end.Signal + "). What it called until then is recorded."
		s.Notes = append([]string{ended}, s.Notes...)
	}
	return s, end.Status, err
}
