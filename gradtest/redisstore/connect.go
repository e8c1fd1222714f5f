package redisstore

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

const (
	// probeTimeout is how long a server may take to show whether it uses TLS.
	probeTimeout = 2 * time.Second

	// probeAfter is how long a handshake may take before the server is asked whether it uses TLS.
	probeAfter = time.Second
)

// errSilent is what a client with TLS sees of a server without it.
var errSilent = errors.New("no answer to a TLS handshake")

// errSentinel is about the address of a Sentinel.
var errSentinel = errors.New("redisstore: GRADTEST_REDIS names a Redis Sentinel, which keeps no data: " +
	"use the address of the master, or pass a client of redis.NewFailoverClient to redisstore.New and set App.Store")

// sentinelURL reports whether a URL is one that other clients use for a Sentinel.
func sentinelURL(u *url.URL) bool {
	q := u.Query()
	return strings.Contains(u.Scheme, "sentinel") || q.Has("master_name") || q.Has("sentinel_master") ||
		q.Has("sentinelMasterId")
}

// connect makes a client of the server that options name, and checks that it answers. The server may be a node of a
// cluster: then the client is one of the whole cluster.
func (s *Store) connect(ctx context.Context, options *redis.Options) error {
	probed := false
	var info *redis.StringCmd
	err := s.retry(ctx, "open", func(ctx context.Context) error {
		ctx, cancel := context.WithCancelCause(ctx)
		defer cancel(nil)
		if !probed && options.TLSConfig != nil { // a server without TLS waits for the rest of a command
			defer time.AfterFunc(probeAfter, func() {
				if fix := probe(ctx, options); fix != "" {
					cancel(&protocolError{fix, errSilent})
				}
			}).Stop()
		}
		var ping *redis.StatusCmd
		_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
			ping, info = p.Ping(ctx), p.Info(ctx, "server")
			return nil
		})
		if ping.Val() != "" && redis.HasErrorPrefix(info.Err(), "NOPERM") {
			return nil // a single server, as far as this user can see
		}
		if e, ok := errors.AsType[*protocolError](context.Cause(ctx)); ok {
			return e
		}
		if err != nil && !probed && !errors.As(err, new(redis.Error)) {
			probed = true
			if fix := probe(ctx, options); fix != "" {
				return &protocolError{fix, err}
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	var mode string
	for line := range strings.Lines(info.Val()) {
		if value, found := strings.CutPrefix(strings.TrimSpace(line), "redis_mode:"); found {
			mode = value
		}
	}
	switch {
	case mode == "sentinel":
		return errSentinel
	case mode != "cluster":
		s.load(ctx)
		return nil
	}
	single := s.client
	s.useClient(redis.NewClusterClient(&redis.ClusterOptions{
		Addrs: []string{options.Addr}, ClientName: options.ClientName, Protocol: options.Protocol,
		DisableIdentity: options.DisableIdentity, Dialer: options.Dialer,
		Username: options.Username, Password: options.Password, TLSConfig: options.TLSConfig,
		MaxRetries: options.MaxRetries, DialerRetries: options.DialerRetries, DialTimeout: options.DialTimeout,
		ReadTimeout: options.ReadTimeout, WriteTimeout: options.WriteTimeout,
		ContextTimeoutEnabled: options.ContextTimeoutEnabled, MaintNotificationsConfig: options.MaintNotificationsConfig,
		PoolSize: options.PoolSize, PoolTimeout: options.PoolTimeout,
	}))
	return single.Close()
}

// load sends the scripts to the server. Those that it does not have then, for example because the user may not load
// any, are sent with their first call.
func (s *Store) load(ctx context.Context) {
	_, _ = s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, source := range sources() {
			p.ScriptLoad(ctx, source)
		}
		return nil
	})
}

// tlsFiles are the parameters of a rediss:// URL that name PEM files.
type tlsFiles struct{ ca, cert, key string }

// take removes the parameters from q.
func (f *tlsFiles) take(q url.Values) {
	for name, to := range map[string]*string{"ca": &f.ca, "cert": &f.cert, "key": &f.key} {
		*to = q.Get(name)
		q.Del(name)
	}
}

// apply reads the files. c is nil where the URL is not of TLS.
func (f tlsFiles) apply(c *tls.Config) error {
	switch {
	case f == tlsFiles{}:
		return nil
	case c == nil:
		return errors.New("redisstore: the Redis URL has files for TLS, but does not begin with rediss://: " +
			"write rediss://, or remove ca, cert and key")
	case (f.cert == "") != (f.key == ""):
		return errors.New("redisstore: the Redis URL has only one of cert and key: name both files, or neither")
	}
	if f.ca != "" {
		pem, err := os.ReadFile(f.ca)
		if err != nil {
			return fmt.Errorf("redisstore: ca in the Redis URL: %w: "+
				"name a file with the certificate of the authority", err)
		}
		c.RootCAs = x509.NewCertPool()
		if !c.RootCAs.AppendCertsFromPEM(pem) {
			return fmt.Errorf("redisstore: ca in the Redis URL: %s contains no certificate: "+
				"name a PEM file with the certificate of the authority", f.ca)
		}
	}
	if f.cert != "" {
		pair, err := tls.LoadX509KeyPair(f.cert, f.key)
		if err != nil {
			return fmt.Errorf("redisstore: cert and key in the Redis URL: %w: "+
				"name the PEM files of a certificate and its key", err)
		}
		c.Certificates = []tls.Certificate{pair}
	}
	return nil
}

const (
	fixPlain  = "the server does not use TLS on this port: write redis://, or its TLS port, in GRADTEST_REDIS"
	fixSecure = "the server uses TLS on this port: write rediss:// in GRADTEST_REDIS"
)

// protocolError is the failure of a connection with TLS to a server without it, or the other way round. The failure
// itself does not show that: a server without TLS does not answer, and one with TLS closes the connection.
type protocolError struct {
	fix string
	err error
}

func (e *protocolError) Error() string { return e.err.Error() }

func (e *protocolError) Unwrap() error { return e.err }

// probe returns fixPlain or fixSecure if that is why a server does not answer.
func probe(ctx context.Context, o *redis.Options) string {
	if o.Network == "unix" {
		return ""
	}
	ctx, cancel := context.WithTimeout(ctx, probeTimeout)
	defer cancel()
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", o.Addr)
	if err != nil {
		return ""
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(probeTimeout))
	if o.TLSConfig == nil { // only a handshake; nothing is sent over this connection
		if tls.Client(conn, &tls.Config{InsecureSkipVerify: true}).HandshakeContext(ctx) == nil {
			return fixSecure
		}
		return ""
	}
	first := make([]byte, 1)
	if _, err := conn.Write([]byte("PING\r\n")); err != nil {
		return ""
	}
	if _, err := conn.Read(first); err == nil && (first[0] == '+' || first[0] == '-') { // +PONG, or -NOAUTH
		return fixPlain
	}
	return ""
}

// tlsFix returns how to fix an error that only the use of TLS, or its absence, explains. Retrying does not help.
func tlsFix(err error) (fix string, ok bool) {
	if e, ok := errors.AsType[*protocolError](err); ok {
		return e.fix, true
	}
	text := err.Error()
	switch {
	case errors.As(err, new(tls.RecordHeaderError)):
		return fixPlain, true
	case errors.As(err, new(x509.UnknownAuthorityError)):
		return "no authority that this machine trusts has signed the server's certificate: " +
			"add ?ca=FILE to the URL in GRADTEST_REDIS, or set SSL_CERT_FILE", true
	case errors.As(err, new(x509.HostnameError)):
		return "the server's certificate is for other names: use one of them in GRADTEST_REDIS", true
	case errors.As(err, new(x509.CertificateInvalidError)):
		return "the server's certificate is not valid: renew it", true
	case strings.Contains(text, "tls: certificate required"), strings.Contains(text, "tls: bad certificate"):
		return "the server requires a client certificate: add ?cert=FILE&key=FILE to the URL in GRADTEST_REDIS", true
	}
	return "", false
}
