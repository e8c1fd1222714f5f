//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// resident returns the maximum resident set of a process that has ended.
func resident(p *os.ProcessState) int64 {
	u, ok := p.SysUsage().(*syscall.Rusage)
	switch {
	case !ok:
		return 0
	case runtime.GOOS == "darwin": // in bytes there
		return int64(u.Maxrss)
	}
	return int64(u.Maxrss) * 1024
}
