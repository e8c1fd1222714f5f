package redisstore

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcauth"
)

// Store keeps the evidence of one app at one host in Redis, and with [Store.Gate], [Store.Claims] and
// [Store.TokenCache] also its limits, its bookings and its access token. [Open] and [New] return one. It is safe for
// concurrent use, by any number of processes on any number of machines.
type Store struct {
	client     redis.UniversalClient
	id         string // of this store in messages
	app        string
	addr       string // as errors show it
	password   string // removed from errors
	quarantine time.Duration
	patience   time.Duration
	fresh      bool
	unverified bool         // the server's certificate is not verified
	own        bool         // the client is closed with the store
	shift      atomic.Int64 // µs added to the server's clock; only tests set it
	closed     atomic.Bool

	mu       sync.Mutex
	gates    []*gate
	sessions map[*claims]bool // open ones
	shown    shownVersion
	listed   time.Time // when the app was last added to the list of apps

	scripts together
	mail    mailbox
	leases  leases
}

var _ interface {
	ledger.Store
	ledger.Gater
	ledger.Claimer
	ledger.Follower
	ledger.Surveyor
	ledger.Verifier
	ledger.Pruner
	rcauth.TokenCacher
} = (*Store)(nil)

// Open connects to the Redis at url and checks that it answers. url has the form of GRADTEST_REDIS: redis://, rediss://
// or unix://, with the parameters of docs/scaling.md. app distinguishes the keys of this app from
// those of others, for example by host and client id; see [New]. The error is an [*Error], or says what is wrong with
// url or app.
func Open(ctx context.Context, url, app string) (*Store, error) {
	return OpenWithLog(ctx, url, app, nil)
}

// OpenWithLog is Open with a log for what is not an error of a method: connections that fail and are tried again, and a
// URL that weakens TLS. go-redis's own logger, of which there is one for the whole program, is left as it is.
func OpenWithLog(ctx context.Context, url, app string, log *slog.Logger) (*Store, error) {
	options, config, err := parse(url)
	if err != nil {
		return nil, err
	}
	dial := newDialer(options, log)
	options.Dialer = dial.Dial
	unverified := options.TLSConfig != nil && options.TLSConfig.InsecureSkipVerify
	if unverified {
		dial.log.WarnContext(ctx, "redisstore: skip_verify in the Redis URL: the server's certificate is not verified, so "+
			"that others on the network can read and change evidence and tokens: use ?ca=FILE instead")
	}
	s, err := New(redis.NewClient(options), app, config)
	if err != nil {
		return nil, err
	}
	s.own, s.password, s.unverified = true, options.Password, unverified
	if err := s.connect(ctx, options); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// New returns a store that uses client, for example one for a cluster or a sentinel. It does not connect, and the
// caller closes client. app must not be empty or contain braces.
func New(client redis.UniversalClient, app string, c Config) (*Store, error) {
	if app == "" || strings.ContainsAny(app, "{}") {
		return nil, fmt.Errorf("redisstore: the name of the app is %q: "+
			"use a name without braces, such as host and client id", app)
	}
	s := &Store{
		id: rand.Text()[:16], sessions: make(map[*claims]bool), app: app, addr: address(client),
		quarantine: c.Quarantine, patience: c.Patience, fresh: c.Fresh,
	}
	if s.patience <= 0 {
		s.patience = patience
	}
	s.useClient(client)
	return s, nil
}

// useClient sets the client, which nothing uses yet.
func (s *Store) useClient(c redis.UniversalClient) {
	s.client, s.mail.client, s.scripts.client = c, c, c
}

// Path describes the store in messages: the server's address and the app, without user and password.
func (s *Store) Path() string {
	text := "redis://" + s.addr + " (" + s.app + ")"
	if s.unverified {
		text += ", whose certificate is not verified (skip_verify)"
	}
	return text
}

// Close closes the store, and the client if [Open] made it. No other method may be running. Afterwards all methods fail
// with [ErrClosed]. Closing twice is harmless.
func (s *Store) Close() error {
	if s.closed.Swap(true) {
		return nil
	}
	s.mu.Lock()
	for c := range s.sessions {
		c.hear(0)
	}
	s.mu.Unlock()
	s.leases.end()
	err := s.mail.close()
	if s.own {
		err = errors.Join(err, s.client.Close())
	}
	return err
}

// key returns the name of a key of the app. The braces put all keys of the app into one slot of a cluster.
func (s *Store) key(parts ...string) string {
	return "gradtest:{" + s.app + "}:" + strings.Join(parts, ":")
}

func address(client redis.UniversalClient) string {
	switch c := client.(type) {
	case *redis.Client:
		return c.Options().Addr
	case *redis.ClusterClient:
		return strings.Join(c.Options().Addrs, ",")
	}
	return "the configured address"
}
