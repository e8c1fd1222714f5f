//go:build !unix

package child

import "os"

// passed are the signals that this process outlives while the program ends.
var passed = []os.Signal{os.Interrupt}

// delivered reports true: a console sends its interrupts to all processes that share it.
func delivered(os.Signal) bool { return true }

func exitStatus(state *os.ProcessState) int { return state.ExitCode() }
