package main

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rivo/uniseg"
	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest"
)

// sweepOf is what a sweep of 40 calls reports.
func sweepOf(report func(gradtest.Progress), endpoint string) {
	groups := []gradtest.GroupProgress{{Group: "heavy", Calls: 12, Left: 2 * time.Minute}, {Group: "light", Calls: 16}}
	for done := 1; done <= 12; done++ {
		report(gradtest.Progress{Endpoint: endpoint, Counted: true, Done: done, Total: 40})
	}
	report(gradtest.Progress{
		Done: 12, Total: 40, Waiting: "waiting: heavy window full, next slot in 38 s", Left: 98 * time.Second, Groups: groups,
	})
	report(gradtest.Progress{Endpoint: endpoint, Err: errors.New("503"), Done: 12, Total: 40})
}

func TestPlainLines(t *testing.T) {
	var out bytes.Buffer
	p := &progress{out: &out}
	sweepOf(p.report, "listMessages")
	p.finish()
	assert.Equal(t, "12/40 calls done; waiting: heavy window full, next slot in 38 s; "+
		"98 s left: heavy 12 calls in 2m, light 16 calls\n"+
		"12/40 calls done; listMessages: 503\n", out.String(), "not a line for each call")
}

func TestOneLiveLine(t *testing.T) {
	for _, width := range []int{20, 60, 80, 120, 200} {
		for _, endpoint := range []string{"readUserCallLog", strings.Repeat("通話記録📞", 30)} {
			t.Run(fmt.Sprint(width), func(t *testing.T) {
				var out bytes.Buffer
				p := newLive(&out, 40, func() int { return width })
				sweepOf(p.report, endpoint)
				text := out.String()
				before, after, found := strings.Cut(text, endpoint+": 503\n")
				assert.True(t, found, "a call that failed has a line of its own")
				assert.NotContains(t, before+after, "\n")
				assert.Contains(t, text, "(12/40)")
				switch width {
				case 120, 200:
					assert.Contains(t, text, "1m38s left; heavy window full, next slot in 38 s; heavy 12, light 16")
				case 80:
					assert.Contains(t, text, "1m38s left; heavy window full, next slot in 3…")
				}
				for line := range strings.SplitSeq(before, "\r") {
					assert.LessOrEqual(t, uniseg.StringWidth(strings.TrimSpace(line)), max(width, barWidth), "it fits on the terminal: %q", line)
				}
			})
		}
	}
}

func TestClip(t *testing.T) {
	for _, tt := range []struct {
		text  string
		width int
		want  string
	}{
		{"abc", 3, "abc"}, {"abcd", 3, "ab…"}, {"電話番号", 8, "電話番号"}, {"電話番号", 7, "電話番…"}, {"電話番号", 6, "電話…"},
		{"abc", 1, "…"}, {"abc", 0, ""}, {"abc", -5, ""}, {"", 0, ""},
	} {
		assert.Equal(t, tt.want, clip(tt.text, tt.width), "%q in %d", tt.text, tt.width)
	}
}
