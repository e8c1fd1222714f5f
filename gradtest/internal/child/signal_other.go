//go:build !unix

package child

import "os"

// passed are the signals that this process outlives while the program ends.
var passed = []os.Signal{os.Interrupt}

// delivered reports true: a console sends its interrupts to all processes that share it.
func delivered(os.Signal) bool { return true }

func endOf(state *os.ProcessState) End { return End{Status: state.ExitCode()} }
