// Command speeds measures what gradtest promises about speed and memory, each as a user meets it: the built command as
// a process of its own, on a ledger that it makes first.
//
//	go run ./tools/speeds
//
// It needs about a minute and 1.5 GB of disk for a moment, and prints a table: the least wall time and the least memory
// (maximum resident set) of several runs next to the bound. The exit status is 1 if one is beyond its bound. Other work
// on the machine makes wall times longer; CPU time shows that.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

const (
	origin   = "platform.example.com-0a1b2c3d"
	longName = "long" // ledger directory with 30 days
	busyName = "busy" // with two busy days
)

// measured is what one command took.
type measured struct {
	what   string
	took   time.Duration // the least of all runs
	cpu    time.Duration // the least
	memory int64         // bytes, the least; 0: not known
	bound  bound
}

// bound is what is promised.
type bound struct {
	took   time.Duration
	memory int64 // 0: nothing
}

// ok reports whether the promise is kept.
func (m measured) ok() bool {
	return m.took <= m.bound.took && (m.bound.memory == 0 || m.memory <= m.bound.memory)
}

const megabyte = 1 << 20

func main() {
	runs := flag.Int("runs", 5, "`number` of runs of each command")
	only := flag.String("fill", "", "write only the ledgers, into `directory`")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if *only != "" {
		if err := fillAll(ctx, *only); err != nil {
			fmt.Fprintln(os.Stderr, "speeds:", err)
			os.Exit(2)
		}
		return
	}
	all, err := measure(ctx, *runs)
	if err := errors.Join(err, write(os.Stdout, all)); err != nil {
		fmt.Fprintln(os.Stderr, "speeds:", err)
		os.Exit(2)
	}
	for _, m := range all {
		if !m.ok() {
			os.Exit(1)
		}
	}
}

func measure(ctx context.Context, runs int) (all []measured, err error) {
	root, err := os.MkdirTemp("", "speeds-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(root)) }()
	command := filepath.Join(root, "gradtest")
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", command, "./gradtest/cmd/gradtest").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build the command: %w: run it in the root of the clone: %s", err, out)
	}
	// In a process of its own, since Linux counts the memory of this one as that of the commands that it starts.
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	if out, err := exec.CommandContext(ctx, self, "-fill", root).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("write the ledgers: %w: %s", err, out)
	}
	long, busy := filepath.Join(root, longName), filepath.Join(root, busyName)
	page, bundle := filepath.Join(root, "page.html"), filepath.Join(root, "evidence.zip")
	for _, c := range []struct {
		what  string
		bound bound
		args  []string
	}{
		{"status, 3,000,000 records in 30 days", bound{300 * time.Millisecond, 0}, []string{"status", "--dir", long}},
		{"report -f html, 100,000 calls", bound{time.Second, 200 * megabyte}, []string{"report", "-f", "html", "-o", page, "--dir", busy}},
		{"bundle, 100,000 calls", bound{5 * time.Second, 200 * megabyte}, []string{"bundle", "-o", bundle, "--dir", busy}},
		{"verify, 100,000 calls", bound{5 * time.Second, 200 * megabyte}, []string{"verify", bundle}},
	} {
		m, err := timed(ctx, runs, command, c.args)
		if err != nil {
			return all, err
		}
		m.what, m.bound = c.what, c.bound
		all = append(all, m)
	}
	site, err := callSite(ctx)
	return append(all, site), err
}

// timed runs a command several times. Exit status 1 is a verdict.
func timed(ctx context.Context, runs int, command string, args []string) (m measured, err error) {
	for i := range max(runs, 1) {
		c := exec.CommandContext(ctx, command, args...)
		begin := time.Now()
		out, err := c.CombinedOutput()
		took := time.Since(begin)
		if e, ok := errors.AsType[*exec.ExitError](err); err != nil && (!ok || e.ExitCode() != 1) {
			return m, fmt.Errorf("gradtest %s: %w: %s", strings.Join(args, " "), err, out)
		}
		cpu, memory := c.ProcessState.UserTime()+c.ProcessState.SystemTime(), resident(c.ProcessState)
		if i == 0 {
			m.took, m.cpu, m.memory = took, cpu, memory
		}
		m.took, m.cpu, m.memory = min(m.took, took), min(m.cpu, cpu), min(m.memory, memory)
	}
	return m, nil
}

// callSite runs the benchmark of finding the line of the app that makes a call.
func callSite(ctx context.Context) (m measured, err error) {
	m = measured{what: "the line of code of a call", bound: bound{took: 2 * time.Microsecond}}
	out, err := exec.CommandContext(ctx, "go", "test", "-run", "^$", "-bench", "^BenchmarkFind$", "-count", "5",
		"./gradtest/internal/callsite").CombinedOutput()
	if err != nil {
		return m, fmt.Errorf("benchmark the call site: %w: %s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		f := strings.Fields(line)
		if len(f) < 4 || f[3] != "ns/op" {
			continue
		}
		ns, err := strconv.ParseFloat(f[2], 64)
		if err != nil {
			return m, err
		}
		if took := time.Duration(ns); m.took == 0 || took < m.took {
			m.took = took
		}
	}
	if m.took == 0 {
		return m, fmt.Errorf("benchmark the call site: no result: %s", out)
	}
	return m, nil
}

// write prints the table.
func write(w io.Writer, all []measured) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "\tWHAT\tTIME\tBOUND\tCPU\tMEMORY\tBOUND")
	for _, m := range all {
		state := "ok"
		if !m.ok() {
			state = "TOO MUCH"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", state, m.what, short(m.took), short(m.bound.took), short(m.cpu),
			megabytes(m.memory), megabytes(m.bound.memory))
	}
	return t.Flush()
}

func short(d time.Duration) string {
	switch {
	case d == 0:
		return "-"
	case d < time.Millisecond:
		return d.Round(10 * time.Nanosecond).String()
	}
	return d.Round(time.Millisecond).String()
}

func megabytes(n int64) string {
	if n == 0 {
		return "-"
	}
	return fmt.Sprintf("%d MB", (n+megabyte/2)/megabyte)
}
