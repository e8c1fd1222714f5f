package main

import (
	"os"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestParseResident(t *testing.T) {
	assert.Equal(t, 24716<<10, parseResident("Name:\tx\nVmPeak:\t 1 kB\nVmRSS:\t   24716 kB\nThreads:\t1\n"))
	for _, status := range []string{"", "VmRSS:\t\n", "VmRSS:\t12 MB\n", "VmRSS:\tx kB\n", "XVmRSS:\t1 kB\n"} {
		assert.Zero(t, parseResident(status), status)
	}
}

func TestResident(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("SKIPPED: only Linux tells the resident memory of a process in /proc")
	}
	assert.Greater(t, resident(os.Getpid()), 1<<20)
}
