package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// process is a server under measurement.
type process struct {
	access
	cmd    *exec.Cmd
	stdin  io.Closer
	stderr bytes.Buffer
	began  time.Time
}

// start runs a command and waits until it has printed its address.
func start(ctx context.Context, name string, args ...string) (*process, error) {
	p := &process{cmd: exec.CommandContext(ctx, name, args...)}
	p.cmd.Stderr = &p.stderr
	stdin, err := p.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.stdin, p.began = stdin, time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	if p.access, err = ready(stdout); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", strings.Join(p.cmd.Args, " "), err), p.stop())
	}
	return p, nil
}

// ready reads the first lines of a server's output, which arrive in one write.
func ready(stdout io.Reader) (access, error) {
	r := bufio.NewReader(stdout)
	if _, err := r.Peek(1); err != nil {
		return access{}, err
	}
	text, err := r.Peek(r.Buffered())
	if err != nil {
		return access{}, err
	}
	return parseExports(string(text))
}

// stop ends the process and waits until it has exited.
func (p *process) stop() error {
	_ = p.stdin.Close() // child processes of this program exit on it
	interrupted := p.cmd.Process.Signal(os.Interrupt)
	if interrupted != nil {
		_ = p.cmd.Process.Kill() // there are no interrupts on Windows
	}
	err := p.cmd.Wait()
	if err != nil && p.stderr.Len() > 0 {
		return fmt.Errorf("%s: %w: %s", p.cmd.Path, err, p.stderr.String())
	}
	return nil // ended by the signal, as expected
}
