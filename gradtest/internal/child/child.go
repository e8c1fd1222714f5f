// Package child runs the program of a command such as "gradtest emulator -- PROGRAM": with other variables in its
// environment, and with its signals and exit status passed through.
package child

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"
)

// Command is a program to run. All fields but Stdin are required.
type Command struct {
	Args   []string // the program and its arguments
	Env    []string // the whole environment, as in [exec.Cmd]; see [Environ]
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer
}

// End is how a program ended.
type End struct {
	Status int    // exit status; of a program that a signal has ended what a shell reports, 128 + the signal's number
	Signal string // that has ended it, such as killed; empty: none
}

// Run runs the program and returns how it ended. The error says why the program could not be started.
//
// The signals that end a program, SIGUSR1 and SIGUSR2 are passed to it for as long as it runs. The caller goes on after
// it has ended.
func (c Command) Run() (End, error) {
	cmd := exec.Command(c.Args[0], c.Args[1:]...)
	cmd.Env, cmd.Stdin, cmd.Stdout, cmd.Stderr = c.Env, c.Stdin, c.Stdout, c.Stderr
	received := make(chan os.Signal, 8)
	signal.Notify(received, passed...)
	defer signal.Stop(received)
	if err := cmd.Start(); err != nil {
		return End{}, startError(c.Args[0], err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case s := <-received:
			if !delivered(s) {
				_ = cmd.Process.Signal(s) // it has ended in this very moment
			}
		case err := <-ended:
			var exit *exec.ExitError
			if err != nil && !errors.As(err, &exit) {
				return End{}, fmt.Errorf("%s: %w", c.Args[0], err)
			}
			return endOf(cmd.ProcessState), nil
		}
	}
}

// startError says what to do about a program that could not be started.
func startError(name string, err error) error {
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return fmt.Errorf("cannot run %q: there is no such program in PATH: check the spelling, or give its path", name)
	case errors.Is(err, os.ErrNotExist):
		return fmt.Errorf("cannot run %q: there is no such file: check the path", name)
	case errors.Is(err, os.ErrPermission):
		return fmt.Errorf("cannot run %q: it is not an executable file: make it one with chmod +x, or name its interpreter first", name)
	}
	return fmt.Errorf("cannot run %q: %w", name, err)
}

// Environ returns the environment without the variables that drop names, and with those of set, which are of the form
// NAME=value.
func Environ(environ, drop, set []string) []string {
	kept := slices.DeleteFunc(slices.Clone(environ), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return slices.Contains(drop, name)
	})
	return append(kept, set...)
}
