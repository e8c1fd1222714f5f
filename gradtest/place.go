package gradtest

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/internal/modroot"
)

// ledgerRoot is GRADTEST_DIR or .gradtest at the root of the module that the process runs in, which for a test is the
// module of its package.
func ledgerRoot(dir string) (string, error) {
	if dir != "" {
		return filepath.Abs(dir)
	}
	return marksDir()
}

// ignored creates the root of all evidence, which no commit should take in.
func ignored(root string) error {
	err := os.MkdirAll(root, 0o700)
	if err == nil {
		var f *os.File
		f, err = os.OpenFile(filepath.Join(root, ".gitignore"), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if errors.Is(err, fs.ErrExist) {
			return nil
		}
		if err == nil {
			_, err = f.WriteString("*\n")
			err = errors.Join(err, f.Close())
		}
	}
	if err != nil {
		return fmt.Errorf("gradtest: the evidence cannot be kept: make %s writable, or set GRADTEST_DIR to a directory that is: %w", root, err)
	}
	return nil
}

func marksDir() (string, error) {
	wd, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("gradtest: the working directory is gone: set GRADTEST_DIR to a directory for the evidence: %w", err)
	}
	if root, ok := modroot.Find(wd); ok {
		wd = root
	}
	return filepath.Join(wd, ".gradtest"), nil
}

// directory names the evidence of one app at one host. The client id is hashed to keep the name short and portable.
func directory(d destination) string {
	host := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '.', r == '-':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return '_'
	}, d.origin.Host)
	sum := sha256.Sum256([]byte(d.clientID))
	return host + "-" + hex.EncodeToString(sum[:4])
}
