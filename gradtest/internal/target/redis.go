//go:build gradtest_redis

package target

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/graduationkit/ringcentral/gradtest/redisstore"
)

// openRedis opens the evidence of one app in the Redis that GRADTEST_REDIS names.
func openRedis(url, app string, log *slog.Logger) (sharedStore, error) {
	s, err := redisstore.OpenWithLog(context.Background(), url, app, log)
	if err != nil {
		return nil, fmt.Errorf("gradtest: GRADTEST_REDIS: %w", err)
	}
	return s, nil
}
