package redisstore

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"
)

// listKey is a sorted set of the apps that have evidence, by the time of their last use.
const listKey = "gradtest:apps"

// relist is how often a process that appends updates the entry of its app.
const relist = time.Hour

// list adds the app to the list of apps, or updates its time there. It reports whether that was due.
func (s *Store) list(ctx context.Context) (due bool, err error) {
	now := time.Now()
	s.mu.Lock()
	due = s.listed.IsZero() || now.Sub(s.listed) > relist
	s.mu.Unlock()
	if !due {
		return false, nil
	}
	err = s.retry(ctx, "append", func(ctx context.Context) error {
		_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
			p.ZAdd(ctx, listKey, redis.Z{Score: float64(now.Unix()), Member: s.app})
			p.ZRemRangeByScore(ctx, listKey, "-inf", "("+strconv.FormatInt(now.Add(-2*keep).Unix(), 10))
			p.Expire(ctx, listKey, 2*keep)
			return nil
		})
		return err
	})
	if err == nil {
		s.mu.Lock()
		s.listed = now
		s.mu.Unlock()
	}
	return true, err
}

// listAgain adds the app to the list of apps although that has been done.
func (s *Store) listAgain(ctx context.Context) error {
	s.forgotten()
	_, err := s.list(ctx)
	return err
}

// forgotten notes that Redis has lost its data, and the list of apps with it.
func (s *Store) forgotten() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.listed = time.Time{}
}

// Apps returns the names of the apps whose evidence was appended to in the Redis at url within the last ten days,
// sorted.
func Apps(ctx context.Context, url string) (apps []string, err error) {
	s, err := Open(ctx, url, "list")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	err = s.retry(ctx, "list", func(ctx context.Context) error {
		apps, err = s.client.ZRange(ctx, listKey, 0, -1).Result()
		return err
	})
	slices.Sort(apps)
	return apps, err
}
