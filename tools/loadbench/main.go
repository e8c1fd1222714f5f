package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// plan is the configuration from the flags.
type plan struct {
	load
	rounds  int
	starts  int
	profile string
	check   bool
}

func main() {
	if played, err := child(os.Args[1:]); played {
		exit(err)
	}
	var p plan
	flag.IntVar(&p.connections, "connections", 16, "connections to each server")
	flag.IntVar(&p.rounds, "rounds", 15, "rounds of each server")
	flag.DurationVar(&p.time, "time", 300*time.Millisecond, "length of a round")
	flag.IntVar(&p.requests, "requests", 1_000_000, "maximum number of requests in a round")
	flag.IntVar(&p.starts, "starts", 7, "measurements of each start-up")
	flag.StringVar(&p.profile, "cpuprofile", "",
		"`file` for a CPU profile of the process that runs the emulator as a library")
	flag.BoolVar(&p.check, "check", false, "exit with status 1 if a target is missed")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	r, err := p.measure(ctx)
	if err != nil {
		exit(err)
	}
	r.write(os.Stdout, p)
	if p.check && len(r.missed()) > 0 {
		exit(fmt.Errorf("%d targets are missed", len(r.missed())))
	}
}

func exit(err error) {
	if err == nil {
		os.Exit(0)
	}
	fmt.Fprintln(os.Stderr, "loadbench:", err)
	os.Exit(1)
}

// The servers, in the order in which they take turns.
const (
	bare = iota
	library
	program
	servers
)

// measure starts the servers, loads them in turns and returns all figures.
func (p plan) measure(ctx context.Context) (r results, err error) {
	if p.connections < 1 || p.rounds < 1 || p.starts < 1 || p.requests < p.connections {
		return r, errors.New("-connections, -rounds and -starts must be at least 1, " +
			"and -requests at least as many as -connections")
	}
	dir, err := os.MkdirTemp("", "loadbench")
	if err != nil {
		return r, err
	}
	defer os.RemoveAll(dir)
	command, err := build(ctx, dir)
	if err != nil {
		return r, err
	}
	self, err := os.Executable()
	if err != nil {
		return r, err
	}
	serve := []string{"emulator", "--limits", "off", "--quiet"}
	for range p.starts {
		took, err := startOfLibrary(ctx, self)
		if err != nil {
			return r, err
		}
		r.libraryStart = append(r.libraryStart, took)
		if took, err = startOfProgram(ctx, command, serve); err != nil {
			return r, err
		}
		r.programStart = append(r.programStart, took)
	}

	var running [servers]*process
	launch := func(i int, name string, args ...string) error {
		process, err := start(ctx, name, args...)
		running[i] = process
		return err
	}
	defer func() {
		for _, process := range running {
			if process != nil {
				err = errors.Join(err, process.stop())
			}
		}
	}()
	err = errors.Join(launch(library, self, roleLibrary, p.profile), launch(program, command, serve...))
	if err != nil {
		return r, err
	}
	var requests [servers][]byte
	for _, i := range []int{library, program} {
		token, body, err := login(ctx, running[i].access)
		if err != nil {
			return r, err
		}
		requests[i] = get(running[i].host(), extension, token)
		r.size = len(body)
	}
	if err := launch(bare, self, roleBare, strconv.Itoa(r.size)); err != nil {
		return r, err
	}
	requests[bare] = requests[library] // the same length, token included

	for round := -1; round < p.rounds; round++ { // the first round is a warm-up and is not counted
		for i, process := range running {
			got, err := p.run(ctx, process.host(), requests[i])
			if err != nil {
				return r, fmt.Errorf("%s: %w", names[i], err)
			}
			if round >= 0 {
				r.add(i, got)
			}
		}
	}
	r.libraryMemory = resident(running[library].cmd.Process.Pid)
	r.programMemory = resident(running[program].cmd.Process.Pid)
	return r, nil
}

// host is the address that a client dials.
func (p *process) host() string { return strings.TrimPrefix(p.url, "http://") }

// build makes the program gradtest.
func build(ctx context.Context, dir string) (string, error) {
	name := filepath.Join(dir, "gradtest")
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	cmd := exec.CommandContext(ctx, "go", "build", "-o", name,
		"github.com/graduationkit/ringcentral/gradtest/cmd/gradtest")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build gradtest: %w: run loadbench inside the module\n%s", err, out)
	}
	return name, nil
}

// startOfLibrary returns the time in a fresh process from rctest.Start to the first 200 of the extension.
func startOfLibrary(ctx context.Context, self string) (time.Duration, error) {
	out, err := exec.CommandContext(ctx, self, roleStart).Output()
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseInt(strings.TrimSpace(string(out)), 10, 64)
	return time.Duration(n), err
}

// startOfProgram returns the time from starting the process to the first 200 of the extension.
func startOfProgram(ctx context.Context, command string, args []string) (time.Duration, error) {
	p, err := start(ctx, command, args...)
	if err != nil {
		return 0, err
	}
	_, _, err = login(ctx, p.access)
	took := time.Since(p.began)
	return took, errors.Join(err, p.stop())
}
