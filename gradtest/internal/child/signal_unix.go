//go:build unix

package child

import (
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// passed are the signals that the program gets.
var passed = []os.Signal{
	os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGUSR1, syscall.SIGUSR2,
}

// delivered reports whether the program has received the signal without our help: a terminal sends what its keys mean
// to all processes in the foreground. A second interrupt would make many programs skip their clean-up.
func delivered(s os.Signal) bool {
	return (s == os.Interrupt || s == syscall.SIGQUIT) && inForeground()
}

// inForeground reports whether this process is in the foreground group of its terminal.
func inForeground() bool {
	tty, err := os.Open("/dev/tty")
	if err != nil {
		return false // no terminal
	}
	defer tty.Close()
	group, err := unix.IoctlGetInt(int(tty.Fd()), unix.TIOCGPGRP)
	return err == nil && group == unix.Getpgrp()
}

func endOf(state *os.ProcessState) End {
	if w, ok := state.Sys().(syscall.WaitStatus); ok && w.Signaled() {
		return End{128 + int(w.Signal()), w.Signal().String()}
	}
	return End{Status: state.ExitCode()}
}
