// Package evidence decides where the evidence of an app is kept and how it is named, and reads back what can still
// matter to a verdict. Package gradtest writes there and the command reads there; both ask this package.
//
// A ledger directory holds one app ledger per host and client id, and a folder "tokens" for the shared access tokens:
//
//	.gradtest/
//		.gitignore
//		platform.devtest.ringcentral.com-1a2b3c4d/    one app at one host
//		tokens/
package evidence

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/internal/modroot"
	"github.com/graduationkit/ringcentral/gradtest/internal/owndir"
	"github.com/graduationkit/ringcentral/gradtest/internal/uncached"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// DirName is the name of the ledger directory at the root of a module.
const DirName = ".gradtest"

// Dir returns the ledger directory: dir when it is set, else [ModuleDir].
func Dir(dir string) (string, error) {
	if dir != "" {
		return filepath.Abs(dir)
	}
	return ModuleDir()
}

// ModuleDir returns .gradtest at the root of the module of the working directory, or in the working directory itself
// when it belongs to no module. For a test the working directory is its package's.
func ModuleDir() (string, error) {
	wd, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("gradtest: the working directory is gone: set GRADTEST_DIR to a directory for the evidence: %w", err)
	}
	if root, ok := modroot.Find(wd); ok {
		wd = root
	}
	return filepath.Join(wd, DirName), nil
}

// Create creates a ledger directory, with a .gitignore that keeps it out of commits, and closes it to changes by other
// users. A directory that holds other things is refused.
func Create(dir string) error {
	err := owndir.Create(dir, 0o055, func(e fs.DirEntry) bool {
		switch name := e.Name(); {
		case name == TokensName, name == uncached.Name:
			return true
		default:
			return e.IsDir() && IsAppName(name) && ledger.Recognize(filepath.Join(dir, name))
		}
	})
	_, foreign := errors.AsType[*owndir.ForeignError](err)
	_, open := errors.AsType[*owndir.OpenError](err)
	switch {
	case foreign:
		return fmt.Errorf("gradtest: the evidence cannot be kept in %s (GRADTEST_DIR, or %s at the root of the module): %w", dir, DirName, err)
	case open:
		return fmt.Errorf("gradtest: the evidence cannot be kept in %s: %w", dir, err)
	case err != nil:
		return fmt.Errorf("gradtest: the evidence cannot be kept: make %s writable, or set GRADTEST_DIR to a directory that is: %w", dir, err)
	}
	return nil
}

// TokensName is the name of the folder with the shared access tokens.
const TokensName = "tokens"

// OwnCount is what a reader of a verdict over calls to a real server has to know.
const OwnCount = "Only the calls recorded here count: other traffic of this client id is not seen, and the developer console " +
	"may lag by up to a day."

// Undeclared is what a reader of a verdict over an app without a declaration has to know.
const Undeclared = "Nothing is declared: the verdict covers only what was called, so an endpoint or scope that was never used " +
	"is not missed. Declare the app in a test with gradtest.Run."

// TokenFile returns the file in which the processes that share a ledger directory share the access token of one user.
func TokenFile(dir, app, user string) string {
	return filepath.Join(dir, TokensName, app+"-"+user+".json")
}

// AppName names the app ledger of a client id at a host. The client id is hashed to keep the name short and portable.
func AppName(host, clientID string) string {
	host = strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '.', r == '-':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return '_'
	}, host)
	sum := sha256.Sum256([]byte(clientID))
	return host + "-" + hex.EncodeToString(sum[:4])
}

var appName = regexp.MustCompile(`^.+-[0-9a-f]{8}$`)

// IsAppName reports whether name is one that [AppName] makes.
func IsAppName(name string) bool { return appName.MatchString(name) }

var localName = regexp.MustCompile(`^(localhost|127\.\d+\.\d+\.\d+|___1_)(_\d+)?-[0-9a-f]{8}$`) // ___1_ is [::1]

// Local reports whether the name of an app ledger is that of a server on the machine of the tests.
func Local(appName string) bool { return localName.MatchString(appName) }

var port = regexp.MustCompile(`_(\d+)$`)

// Host returns the host, with its port, of the name of an app ledger.
func Host(appName string) string {
	if IsAppName(appName) {
		appName = appName[:len(appName)-len("-01234567")]
	}
	return port.ReplaceAllString(appName, ":$1")
}
