//go:build unix

package ledger

import "syscall"

// openNow makes opening a FIFO return at once instead of waiting for its other end.
const openNow = syscall.O_NONBLOCK
