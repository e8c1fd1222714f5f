//go:build !gradtest_redis

package target

// openRedis refuses in a plain build: only a program that uses Redis pays for its client.
func openRedis(string, string) (sharedStore, error) { return nil, errNoRedis }
