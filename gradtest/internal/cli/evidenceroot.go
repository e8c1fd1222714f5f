package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"

	"github.com/graduationkit/ringcentral/gradtest/internal/environ"
	"github.com/graduationkit/ringcentral/gradtest/internal/evidence"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/redisstore"
)

// evidenceRoot holds the evidence of all apps: a directory with a ledger for each, or a Redis.
type evidenceRoot interface {
	fmt.Stringer // for people, without a password

	// names lists the app ledgers by name. None is an error.
	names(context.Context) ([]string, error)

	// open opens an app ledger and creates it if it does not exist.
	open(ctx context.Context, name string) (appLedger, error)

	// read opens an app ledger for reading. It changes nothing there.
	read(ctx context.Context, name string) (appLedger, error)
}

// appLedger is the evidence of one app at one host.
type appLedger interface {
	ledger.Store
	ledger.Gater
	ledger.Surveyor
	ledger.Verifier
	ledger.Pruner
	io.Closer
}

// locate returns the root that the flag names, else the Redis of GRADTEST_REDIS, else the ledger directory in which
// package gradtest keeps evidence.
func locate(flag string, getenv func(string) string) (evidenceRoot, error) {
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

// directory is a root on this machine.
type directory string

func (d directory) String() string { return string(d) }

func (d directory) names(context.Context) ([]string, error) {
	entries, err := os.ReadDir(string(d))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%w: name the ledger directory with --dir", err)
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && evidence.IsAppName(e.Name()) {
			names = append(names, e.Name())
		}
	}
	if len(names) == 0 {
		return nil, &noEvidenceError{in: d}
	}
	return names, nil
}

func (d directory) open(_ context.Context, name string) (appLedger, error) {
	l, err := ledger.Open(filepath.Join(string(d), name))
	if err != nil {
		return nil, err // not l: a nil *Dir in an appLedger would not be nil
	}
	return l, nil
}

func (d directory) read(_ context.Context, name string) (appLedger, error) {
	l, err := ledger.OpenReadOnly(filepath.Join(string(d), name))
	if err != nil {
		return nil, err
	}
	return l, nil
}

// shared is a root that several machines share.
type shared struct{ url string }

func (shared) String() string { return "the Redis of GRADTEST_REDIS" }

func (s shared) names(ctx context.Context) ([]string, error) {
	names, err := redisstore.Apps(ctx, s.url)
	if err != nil {
		return nil, err
	}
	names = slices.DeleteFunc(names, func(name string) bool { return !evidence.IsAppName(name) })
	if len(names) == 0 {
		return nil, &noEvidenceError{in: s}
	}
	return names, nil
}

func (s shared) open(ctx context.Context, name string) (appLedger, error) {
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	b, err := redisstore.OpenWithLog(ctx, s.url, name, log)
	if err != nil {
		return nil, err
	}
	return b, nil
}

func (s shared) read(ctx context.Context, name string) (appLedger, error) { return s.open(ctx, name) }
