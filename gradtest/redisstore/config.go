package redisstore

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// Config of a [Store]. The zero value is good.
type Config struct {
	// Quarantine is how long nothing is admitted after Redis has forgotten, or may have forgotten, what calls were made,
	// counted from the start of the server process where nothing else is known. Zero: the longest window or penalty of
	// the gate's limits, a minute for the platform's. Negative: none, which is right only where a
	// refusal does no harm.
	Quarantine time.Duration

	// Patience is how long a Redis that does not answer is tried again. Zero: 30 s.
	Patience time.Duration
}

const patience = 30 * time.Second

// Time-outs of one command. A script takes less than a millisecond; what takes seconds is the network or a server that is
// stopped, and is tried again.
const (
	dialTimeout    = 5 * time.Second
	commandTimeout = 3 * time.Second
)

// parse reads a URL as GRADTEST_REDIS holds it: what go-redis reads, and the parameters quarantine (a duration, or
// none) and patience. Errors hold nothing of the URL, which may hold a password.
func parse(raw string) (*redis.Options, Config, error) {
	const act = "write it like redis://user:password@host:6379/0, or rediss:// for TLS"
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return nil, Config{}, errors.New("redisstore: the Redis URL cannot be read: " + act)
	}
	var c Config
	q := u.Query()
	for name, to := range map[string]*time.Duration{"quarantine": &c.Quarantine, "patience": &c.Patience} {
		switch v := q.Get(name); {
		case v == "":
		case v == "none" && name == "quarantine":
			*to = -1
		default:
			d, err := time.ParseDuration(v)
			if err != nil || d <= 0 {
				return nil, Config{}, fmt.Errorf("redisstore: %s in the Redis URL is no duration: write it like %s=30s", name, name)
			}
			*to = d
		}
		q.Del(name)
	}
	u.RawQuery = q.Encode()
	if u.Scheme != "redis" && u.Scheme != "rediss" && u.Scheme != "unix" {
		return nil, Config{}, errors.New("redisstore: the Redis URL does not begin with redis://, rediss:// or unix://: " + act)
	}
	o, err := redis.ParseURL(u.String())
	if err != nil {
		if name, found := strings.CutPrefix(err.Error(), "redis: unexpected option: "); found {
			return nil, Config{}, fmt.Errorf("redisstore: the Redis URL has an unknown parameter %s: remove it, or correct its name, such as quarantine or patience", name)
		}
		return nil, Config{}, errors.New("redisstore: the Redis URL has a part that go-redis cannot read: " + act)
	}
	o.MaxRetries, o.DialerRetries = -1, 1 // tried again here, where it is known what may be repeated
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	o.ContextTimeoutEnabled = true
	if !q.Has("dial_timeout") {
		o.DialTimeout = dialTimeout
	}
	if !q.Has("read_timeout") {
		o.ReadTimeout, o.WriteTimeout = commandTimeout, commandTimeout
	}
	return o, c, nil
}
