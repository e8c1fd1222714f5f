package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

// resident returns the resident memory of a process in bytes, or 0 where /proc is not available.
func resident(pid int) int {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	return parseResident(string(status))
}

// parseResident reads the line `VmRSS:   12345 kB`.
func parseResident(status string) int {
	for line := range strings.Lines(status) {
		rest, found := strings.CutPrefix(line, "VmRSS:")
		fields := strings.Fields(rest)
		if !found || len(fields) != 2 || fields[1] != "kB" {
			continue
		}
		if n, err := strconv.Atoi(fields[0]); err == nil {
			return n << 10
		}
	}
	return 0
}
