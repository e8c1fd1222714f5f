//go:build !gradtest_redis

package target

import (
	"errors"
	"log/slog"
)

var errNoRedis = errors.New("gradtest: GRADTEST_REDIS is set, but this program was built without Redis: " +
	"set GOFLAGS=-tags=gradtest_redis as well, or unset it")

// openRedis refuses in a plain build: only a program that uses Redis pays for its client.
func openRedis(string, string, *slog.Logger) (sharedStore, error) { return nil, errNoRedis }
