package rcapi

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// Hash identifies the content of the catalogue: two builds of this package judge by the same facts if their hashes are
// equal. It is "sha256:" and the SHA-256, in hex, of all operations with their facts in every edition. It takes about a
// millisecond.
func Hash() string {
	h := sha256.New()
	for _, o := range table {
		fmt.Fprintf(h, "%q %q %q %q %q %q %v %q %q %v %d %d\n", o.ID, o.Method, o.Path, o.Group, o.Scope, o.Permission,
			o.Success, o.ContentTypes, o.RequiredQuery, o.Deprecated, o.editions, o.changed)
	}
	fmt.Fprintf(h, "%q\n%s", editions, changes)
	return "sha256:" + hex.EncodeToString(h.Sum(nil))
}
