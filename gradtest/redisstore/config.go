package redisstore

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// Config configures a [Store]. The zero value is suitable for most uses.
type Config struct {
	// Quarantine is how long nothing is admitted after Redis has lost, or may have lost, earlier calls. It begins when the
	// loss is noticed, or with the start of the server process if nothing else is known. Zero: the longest window or
	// penalty of the gate's limits, a minute for the platform's. Negative: none, for a Redis that is known to be new, or
	// where a 429 does no harm.
	Quarantine time.Duration

	// Patience is how long a request to a Redis that does not answer is retried. Zero: 30 s.
	Patience time.Duration

	// Fresh says that a Redis without limits of this app is known to be new, such as a service container of a CI job, so
	// that its first call need not wait for Quarantine to pass. What it loses later is noticed as usual by the processes
	// that have used it, but not by one that begins afterwards.
	Fresh bool
}

const patience = 30 * time.Second

// Timeouts of one command, after which it is retried. A script takes less than a millisecond, so more than that is due
// to the network or a stopped server.
const (
	dialTimeout    = 5 * time.Second
	commandTimeout = 3 * time.Second
)

// parse reads the URL of GRADTEST_REDIS: everything that go-redis accepts, and the parameters quarantine (a duration
// or none), patience, fresh, ca, cert and key. Errors quote nothing but names of parameters and of files, because the
// URL may contain a password.
func parse(raw string) (*redis.Options, Config, error) {
	const fix = "write it like redis://user:password@host:6379/0, or rediss:// for TLS"
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return nil, Config{}, errors.New("redisstore: the Redis URL cannot be parsed: " + fix)
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
				return nil, Config{}, fmt.Errorf(
					"redisstore: %s in the Redis URL is not a duration: write it like %s=30s", name, name)
			}
			*to = d
		}
		q.Del(name)
	}
	if q.Has("fresh") {
		fresh, err := strconv.ParseBool(q.Get("fresh"))
		if err != nil {
			return nil, Config{}, errors.New("redisstore: fresh in the Redis URL is neither 1 nor 0: " +
				"write fresh=1 for a Redis that is known to be new")
		}
		c.Fresh = fresh
		q.Del("fresh")
	}
	var files tlsFiles
	files.take(q)
	if sentinelURL(u) {
		return nil, Config{}, errSentinel
	}
	u.RawQuery = q.Encode()
	if u.Scheme != "redis" && u.Scheme != "rediss" && u.Scheme != "unix" {
		return nil, Config{}, errors.New(
			"redisstore: the Redis URL does not begin with redis://, rediss:// or unix://: " + fix)
	}
	o, err := redis.ParseURL(u.String())
	if err != nil {
		if name, found := strings.CutPrefix(err.Error(), "redis: unexpected option: "); found {
			return nil, Config{}, fmt.Errorf("redisstore: the Redis URL has an unknown parameter %s: "+
				"remove it, or correct its name, such as quarantine or patience", name)
		}
		return nil, Config{}, errors.New("redisstore: go-redis cannot parse a part of the Redis URL: " + fix)
	}
	if err := files.apply(o.TLSConfig); err != nil {
		return nil, Config{}, err
	}
	o.MaxRetries, o.DialerRetries = -1, 1 // retry does this, because only it knows what may be repeated
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	o.ContextTimeoutEnabled = true
	o.DisableIdentity = true // a round trip for each connection, and a permission
	if !q.Has("protocol") {
		o.Protocol = 2 // nothing of the newer one is used
	}
	if !q.Has("dial_timeout") {
		o.DialTimeout = dialTimeout
	}
	if !q.Has("read_timeout") {
		o.ReadTimeout, o.WriteTimeout = commandTimeout, commandTimeout
	}
	return o, c, nil
}
