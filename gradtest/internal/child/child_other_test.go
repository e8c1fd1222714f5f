//go:build !unix

package child

import "syscall"

const userSignal = syscall.Signal(0)
