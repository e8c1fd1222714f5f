package ledger

import "syscall"

// quota is ERROR_DISK_FULL, because Windows has no error of its own for an exhausted quota.
const quota = syscall.Errno(112)
