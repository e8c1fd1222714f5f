package ledger

import "syscall"

// quota is the error of a disk that is full, ERROR_DISK_FULL: Windows has none of its own for a user's share.
const quota = syscall.Errno(112)
