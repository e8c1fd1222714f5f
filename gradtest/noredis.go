//go:build !gradtest_redis

package gradtest

import "errors"

// openRedis is what a plain build has: who does not use Redis does not pay for its client.
func openRedis(string, string) (sharedStore, error) {
	return nil, errors.New("gradtest: GRADTEST_REDIS is set, but this program was built without Redis: set GOFLAGS=-tags=gradtest_redis as well, or unset it")
}
