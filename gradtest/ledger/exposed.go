package ledger

import (
	"io/fs"
	"runtime"
)

// exposed tells whether other users have rights on a file. Windows has no such bits: there a directory has the rights
// of the one it is in.
func exposed(info fs.FileInfo) bool {
	return runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0
}
