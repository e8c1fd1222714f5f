//go:build unix

package ledger

import "syscall"

// quota is the error of an exhausted disk quota.
const quota = syscall.EDQUOT
