//go:build !unix

package ledger

import "syscall"

// quota is the error of a used-up disk: here it has no error of its own for a user's share.
const quota = syscall.ENOSPC
