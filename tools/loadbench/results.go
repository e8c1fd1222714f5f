package main

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"
)

var names = [servers]string{"bare net/http", "emulator, library", "emulator, program"}

// results are all figures of a run.
type results struct {
	size                         int // of the body, in bytes
	perSecond                    [servers][]float64
	p50, p99                     [servers][]time.Duration // of each round
	libraryStart, programStart   []time.Duration
	libraryMemory, programMemory int // bytes; 0: unknown
}

func (r *results) add(server int, got round) {
	r.perSecond[server] = append(r.perSecond[server], got.perSecond())
	r.p50[server] = append(r.p50[server], quantile(got.latencies, 0.5))
	r.p99[server] = append(r.p99[server], quantile(got.latencies, 0.99))
}

// ofBare returns the median of the shares of the bare server's rate within one round.
func (r *results) ofBare(server int) float64 {
	var shares []float64
	for i, n := range r.perSecond[server] {
		shares = append(shares, n/r.perSecond[bare][i])
	}
	return median(shares)
}

// target is a figure and its required value.
type target struct {
	what, got, want string
	ok              bool
}

// targets compares the figures of the slower emulator (library or program) with the required values.
func (r *results) targets() []target {
	rate := min(median(r.perSecond[library]), median(r.perSecond[program]))
	share := min(r.ofBare(library), r.ofBare(program))
	p99 := max(median(r.p99[library]), median(r.p99[program]))
	out := []target{
		{"requests/s", fmt.Sprintf("%.0f", rate), "40000 or more", rate >= 40_000},
		{"share of bare", percent(share), "50 % or more", share >= 0.5},
		{"p99", short(p99), "less than 5ms", p99 < 5*time.Millisecond},
		{"start-up, library", short(median(r.libraryStart)), "less than 50ms", median(r.libraryStart) < 50*time.Millisecond},
		{"start-up, program", short(median(r.programStart)), "less than 150ms", median(r.programStart) < 150*time.Millisecond},
	}
	if r.programMemory > 0 {
		most := max(r.libraryMemory, r.programMemory)
		out = append(out, target{"resident memory", megabytes(most), "less than 50 MB", most < 50_000_000})
	}
	return out
}

func (r *results) missed() []target {
	var out []target
	for _, t := range r.targets() {
		if !t.ok {
			out = append(out, t)
		}
	}
	return out
}

// write prints all figures. Write errors are ignored: the output is for a terminal.
func (r *results) write(w io.Writer, p plan) {
	fmt.Fprintf(w, "GET %s, %d bytes, limits off: %d connections, %d rounds of %v for each server\n\n",
		extension, r.size, p.connections, p.rounds, p.time)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "SERVER\tREQUESTS/S\tLOWEST-HIGHEST\tP50\tP99\tOF BARE\tRESIDENT")
	memory := [servers]int{library: r.libraryMemory, program: r.programMemory}
	for i, name := range names {
		rates := r.perSecond[i]
		fmt.Fprintf(t, "%s\t%.0f\t%.0f-%.0f\t%s\t%s\t%s\t%s\n", name, median(rates), slices.Min(rates), slices.Max(rates),
			short(median(r.p50[i])), short(median(r.p99[i])), percent(r.ofBare(i)), megabytes(memory[i]))
	}
	fmt.Fprintln(t)
	fmt.Fprintln(t, "TARGET\tGOT\tWANT")
	for _, target := range r.targets() {
		verdict := map[bool]string{true: "ok", false: "MISSED"}[target.ok]
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", target.what, target.got, target.want, verdict)
	}
	_ = t.Flush()
}

func percent(share float64) string { return fmt.Sprintf("%.0f %%", 100*share) }

// short formats a duration with about three digits.
func short(d time.Duration) string {
	unit := time.Microsecond
	for limit := time.Millisecond; d >= limit; limit *= 10 {
		unit *= 10
	}
	return d.Round(unit).String()
}

func megabytes(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}
