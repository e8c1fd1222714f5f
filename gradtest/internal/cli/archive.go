package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/graduationkit/ringcentral/gradtest/internal/environ"
	"github.com/graduationkit/ringcentral/gradtest/internal/evidence"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/redisstore"
)

// archive is where the evidence of all apps is: a directory with a ledger for each, or a Redis.
type archive interface {
	fmt.Stringer // for people, without a password

	// names are the ledgers that there are, by name. It is an error that there are none.
	names(context.Context) ([]string, error)

	// open opens one of them, making it if there is none of that name.
	open(ctx context.Context, name string) (book, error)
}

// book is the evidence of one app at one host.
type book interface {
	ledger.Store
	ledger.Gater
	ledger.Surveyor
	ledger.Verifier
	ledger.Pruner
	io.Closer
}

// locate is where the evidence is looked for: the flag's directory, the Redis of GRADTEST_REDIS, GRADTEST_DIR, or
// .gradtest at the root of the module of the working directory. Package gradtest puts it in the same places.
func locate(flag string, getenv func(string) string) (archive, error) {
	if flag != "" {
		return directory(flag), nil
	}
	if url := getenv(environ.Redis); url != "" {
		return shared{url}, nil
	}
	dir, err := evidence.Dir(getenv(environ.Dir))
	if err != nil {
		return nil, err
	}
	return directory(dir), nil
}

// directory is an archive on this machine.
type directory string

func (d directory) String() string { return string(d) }

func (d directory) names(context.Context) ([]string, error) {
	entries, err := os.ReadDir(string(d))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%w: name the ledger's directory with --dir", err)
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && evidence.IsAppName(e.Name()) {
			names = append(names, e.Name())
		}
	}
	if len(names) == 0 {
		return nil, noEvidence(d)
	}
	return names, nil
}

func (d directory) open(_ context.Context, name string) (book, error) {
	l, err := ledger.Open(filepath.Join(string(d), name))
	if err != nil {
		return nil, err // not l: a nil *Dir in a book would not be nil
	}
	return l, nil
}

// shared is an archive that several machines share.
type shared struct{ url string }

func (shared) String() string { return "the Redis of GRADTEST_REDIS" }

func (s shared) names(ctx context.Context) ([]string, error) {
	names, err := redisstore.Apps(ctx, s.url)
	if err != nil {
		return nil, err
	}
	names = slices.DeleteFunc(names, func(name string) bool { return !evidence.IsAppName(name) })
	if len(names) == 0 {
		return nil, noEvidence(s)
	}
	return names, nil
}

func (s shared) open(ctx context.Context, name string) (book, error) {
	b, err := redisstore.Open(ctx, s.url, name)
	if err != nil {
		return nil, err
	}
	return b, nil
}

func noEvidence(a archive) error {
	return fmt.Errorf("no evidence in %s: run the tests against a server (RC_SERVER_URL and credentials set; the embedded emulator leaves no evidence), "+
		"or name the ledger's directory with --dir", a)
}
