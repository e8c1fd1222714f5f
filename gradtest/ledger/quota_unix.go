//go:build unix

package ledger

import "syscall"

// quota is the error of a user's used-up share of a disk.
const quota = syscall.EDQUOT
