package wire

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestBadServers covers each way in which a server can fail to answer, over real sockets.
func TestBadServers(t *testing.T) {
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	defer secure.Close()
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	answer := func(s string) func(*testing.T) string {
		return func(t *testing.T) string {
			return raw(t, func(_, request int) []byte {
				if s == "" || request > 0 {
					return nil
				}
				return []byte(s)
			})
		}
	}
	at := func(url string) func(*testing.T) string { return func(*testing.T) string { return url } }
	for _, tt := range []struct {
		name   string
		server func(*testing.T) string
		base   http.RoundTripper
		class  string
		left   bool
		act    string
	}{
		{"nothing listens", at(gone.URL), nil, ClassRefused, false, "check that the server runs"},
		{"no such host", at("http://nosuchhost.invalid"), &http.Transport{DialContext: dialError(&net.DNSError{Err: "no such host", Name: "nosuchhost.invalid", IsNotFound: true})}, ClassDNS, false, "host name in RC_SERVER_URL"},
		{"certificate of an unknown issuer", at(secure.URL), nil, ClassTLS, false, "certificate"},
		{"https to plain text", at("https" + plain.URL[4:]), nil, ClassTLS, false, "has https only if"},
		{"network unreachable", at("http://h.test"), &http.Transport{DialContext: dialError(&net.OpError{Op: "dial", Err: syscall.ENETUNREACH})}, ClassUnreachable, false, "proxy settings"},
		{"closes without an answer", answer(""), nil, ClassEOF, true, "try again"},
		{"speaks SMTP", answer("220 mail ready\r\n"), nil, ClassMalformed, true, "is not HTTP"},
		{"half a head", answer("HTTP/1.1 200 OK\r\nX: y"), nil, ClassEOF, true, "try again"},
		{"garbage header", answer("HTTP/1.1 200 OK\r\nnot a header\r\n\r\n"), nil, ClassMalformed, true, "is not HTTP"},
		{"garbage status", answer("HTTP/1.1 two hundred\r\n\r\n"), nil, ClassMalformed, true, "is not HTTP"},
		{"plain text to https", at("http" + secure.URL[5:]), nil, "", true, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server := tt.server(t)
			w := newScene(t, server, func(c *Config) { c.Base = tt.base })
			resp, err := w.client().Get(server + "/restapi/v1.0/account/~?phoneNumber=16505550100")
			r := w.only(t)
			if tt.class == "" { // Go's server explains itself with a 400
				require.NoError(t, err)
				require.NoError(t, resp.Body.Close())
				assert.Equal(t, 400, r.Status)
				return
			}
			assert.Equal(t, tt.class, r.Code)
			assert.Zero(t, r.Status)
			assert.ErrorContains(t, err, tt.act)
			if tt.left {
				e, ok := errors.AsType[*NoAnswerError](err)
				require.True(t, ok, "%v", err)
				assert.Equal(t, tt.class, e.Class)
				assert.False(t, r.Sent.IsZero())
				assert.True(t, r.Latest.Equal(r.At), "a peer that closed counts no later than now")
				assert.Len(t, w.gate.settled, 1)
				assert.Empty(t, w.gate.released)
				return
			}
			e, ok := errors.AsType[*UnreachableError](err)
			require.True(t, ok, "%v", err)
			assert.Equal(t, tt.class, e.Class)
			assert.Equal(t, server, e.Origin)
			assert.NotContains(t, e.Error(), "16505550100")
			assert.True(t, r.Sent.IsZero())
			assert.Empty(t, r.Groups)
			assert.Len(t, w.gate.released, 1)
			assert.Empty(t, w.gate.settled)
		})
	}
}

func TestResetByPeer(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = readHead(c)
			_ = c.(*net.TCPConn).SetLinger(0) // closing sends RST
			_ = c.Close()
		}
	}()
	server := "http://" + l.Addr().String()
	w := newScene(t, server)
	_, err = w.client().Get(server + "/restapi/v1.0/account/~")
	assert.True(t, is[*NoAnswerError](err))
	assert.Equal(t, ClassReset, w.only(t).Code)
}

func TestClassOf(t *testing.T) {
	for class, errs := range map[string][]error{
		ClassRefused: {syscall.ECONNREFUSED, &net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}},
		ClassReset:   {syscall.ECONNRESET, syscall.EPIPE, &net.OpError{Op: "read", Err: errors.New("odd")}},
		ClassTLS:     {&tls.CertificateVerificationError{Err: errors.New("x")}, tls.AlertError(40), errors.New("tls: first record does not look like a TLS handshake")},
		ClassTimeout: {os.ErrDeadlineExceeded, context.DeadlineExceeded},
		ClassEOF:     {io.EOF, io.ErrUnexpectedEOF, errors.New("http: server closed idle connection")},
		ClassOther:   {errors.New("something else")},
	} {
		for _, err := range errs {
			assert.Equal(t, class, classOf(err), "%v", err)
		}
	}
}

func TestABaseWithoutTraceIsTakenToHaveSent(t *testing.T) {
	w := newScene(t, "http://rc.test", func(c *Config) {
		c.Base = baseFunc(func(*http.Request) (*http.Response, error) { return nil, errors.New("recorded failure") })
	})
	_, err := w.client().Get(anyPath)
	assert.True(t, is[*NoAnswerError](err))
	assert.False(t, w.only(t).Sent.IsZero())
	assert.Len(t, w.gate.settled, 1)
}
