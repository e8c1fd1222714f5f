// Package callsite finds the line of an app's own code that makes a call, for the record of the call.
package callsite

import (
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"

	"github.com/graduationkit/ringcentral/gradtest/internal/modroot"
)

// Find returns file and line of the innermost caller that is in the module of the working directory and not in this
// project, such as "crm/client.go:42". The path is relative to the module's root and has forward slashes. It is empty
// if there is no such caller, as in a goroutine of an HTTP server or in a program that runs outside of its module.
//
// The first call of a process looks for go.mod; a further call costs about a microsecond.
func Find() string {
	base := root()
	if base == "" {
		return ""
	}
	var buffer [64]uintptr
	pcs := buffer[:runtime.Callers(2, buffer[:])]
	if site, known := sites.first(pcs); known {
		return site
	}
	return sites.learn(pcs, base)
}

// memory holds the result for each return address: most are frames of net/http that every call has.
type memory struct {
	mu sync.RWMutex
	of map[uintptr]string // empty: not in the app's own code
}

var sites = memory{of: make(map[uintptr]string)}

// first returns the first place of the addresses; known is false if one before it was never seen.
func (m *memory) first(pcs []uintptr) (site string, known bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	for _, pc := range pcs {
		site, known := m.of[pc]
		if !known || site != "" {
			return site, known
		}
	}
	return "", true
}

// learn looks up the addresses and returns the first place.
func (m *memory) learn(pcs []uintptr, root string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, pc := range pcs {
		site, known := m.of[pc]
		if !known {
			site = of(pc, root)
			m.of[pc] = site
		}
		if site != "" {
			return site
		}
	}
	return ""
}

// root is the root of the module of the working directory, which for a test is its package's; empty: none.
var root = sync.OnceValue(func() string {
	wd, err := os.Getwd()
	if err != nil {
		return ""
	}
	dir, _ := modroot.Find(wd)
	return filepath.ToSlash(dir)
})

// own is the import path below which the frames are this project's.
const own = "github.com/graduationkit/ringcentral/gradtest"

// of returns the place of a return address, if it is in the app's own code. Inlined functions share an address; the
// innermost counts.
func of(pc uintptr, root string) string {
	frames := runtime.CallersFrames([]uintptr{pc})
	for {
		f, more := frames.Next()
		if file, ok := strings.CutPrefix(f.File, root+"/"); ok && !ours(f.Function) && !strings.HasPrefix(file, "vendor/") {
			return file + ":" + strconv.Itoa(f.Line)
		}
		if !more {
			return ""
		}
	}
}

// ours reports whether a function belongs to this project. Its external tests, in packages such as gradtest_test, do
// what an app does.
func ours(function string) bool {
	rest, ok := strings.CutPrefix(function, own)
	if !ok {
		return false
	}
	path, _, _ := strings.Cut(rest[strings.LastIndexByte(rest, '/')+1:], ".")
	return !strings.HasSuffix(path, "_test")
}
