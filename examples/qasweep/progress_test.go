package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest"
)

// sweepOf is what a sweep of 40 calls reports.
func sweepOf(report func(gradtest.Progress)) {
	groups := []gradtest.GroupProgress{{Group: "heavy", Calls: 12, Left: 2 * time.Minute}, {Group: "light", Calls: 16}}
	for done := 1; done <= 12; done++ {
		report(gradtest.Progress{Endpoint: "readUserCallLog", Counted: true, Done: done, Total: 40})
	}
	report(gradtest.Progress{
		Done: 12, Total: 40, Waiting: "waiting: heavy window full, next slot in 38 s", Left: 98 * time.Second, Groups: groups,
	})
	report(gradtest.Progress{Endpoint: "listMessages", Err: errors.New("503"), Done: 12, Total: 40})
}

func TestPlainLines(t *testing.T) {
	var out bytes.Buffer
	p := &progress{out: &out}
	sweepOf(p.report)
	p.finish()
	assert.Equal(t, " 12/40 waiting: heavy window full, next slot in 38 s; left: 1m38s (heavy 12, light 16)\n"+
		" 12/40 listMessages: 503\n", out.String(), "not a line for each call")
}

func TestOneLiveLine(t *testing.T) {
	var out bytes.Buffer
	p := newLive(&out, 40, 100)
	sweepOf(p.report)
	text := out.String()
	assert.NotContains(t, text, "\n")
	assert.Contains(t, text, "(12/40)")
	assert.Contains(t, text, "heavy window full, next slot in 38 s; left: 1m38s (heavy 12, ligh…")
	for line := range strings.SplitSeq(text, "\r") {
		assert.LessOrEqual(t, len([]rune(strings.TrimSpace(line))), 100, "it fits on the terminal: %q", line)
	}
}
