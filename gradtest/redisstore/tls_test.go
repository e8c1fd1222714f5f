package redisstore

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/redistest"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/storetest"
)

// authority is a private certificate authority whose certificates are files.
type authority struct {
	t    *testing.T
	dir  string
	file string
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(t *testing.T) *authority {
	a := &authority{t: t, dir: t.TempDir()}
	a.file, _ = a.issue("authority")
	return a
}

// issue writes a certificate for 127.0.0.1 and its key. The first is that of the authority itself.
func (a *authority) issue(name string) (cert, key string) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(a.t, err)
	c := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	parent, signer := a.cert, a.key
	if parent == nil {
		c.IsCA, c.BasicConstraintsValid, c.KeyUsage = true, true, x509.KeyUsageCertSign
		parent, signer = c, private
	}
	der, err := x509.CreateCertificate(rand.Reader, c, parent, &private.PublicKey, signer)
	require.NoError(a.t, err)
	if a.cert == nil {
		a.cert, err = x509.ParseCertificate(der)
		require.NoError(a.t, err)
		a.key = private
	}
	keyDER, err := x509.MarshalECPrivateKey(private)
	require.NoError(a.t, err)
	write := func(suffix, kind string, der []byte) string {
		path := filepath.Join(a.dir, name+suffix)
		require.NoError(a.t, os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600))
		return path
	}
	return write(".crt", "CERTIFICATE", der), write(".key", "EC PRIVATE KEY", keyDER)
}

// secure starts a server that uses TLS on one port, and returns the address of that port. On Server.Addr it does not.
func (a *authority) secure(clientCertificates string) (*redistest.Server, string) {
	cert, key := a.issue("server")
	port := freePort(a.t)
	s := redistest.Start(a.t, "--tls-port", port, "--tls-cert-file", cert, "--tls-key-file", key,
		"--tls-ca-cert-file", a.file, "--tls-auth-clients", clientCertificates)
	return s, net.JoinHostPort("127.0.0.1", port)
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
}

func needTLS(t *testing.T) {
	t.Helper()
	out, err := exec.Command("redis-cli", "--help").CombinedOutput()
	if err == nil && !strings.Contains(string(out), "--tls") {
		t.Skip("NOT TESTED: this redis-server is built without TLS")
	}
}

func TestStoreOverTLS(t *testing.T) {
	needTLS(t)
	t.Parallel()
	a := newAuthority(t)
	_, addr := a.secure("no")
	storetest.TestStore(t, func(t *testing.T) storetest.OpenStore {
		app := rand.Text()
		return func() (ledger.Store, error) {
			return open(t, "rediss://"+addr+"?ca="+url.QueryEscape(a.file), app), nil
		}
	})
}

func TestClientCertificate(t *testing.T) {
	needTLS(t)
	t.Parallel()
	a := newAuthority(t)
	_, addr := a.secure("yes")
	cert, key := a.issue("client")
	q := "?ca=" + url.QueryEscape(a.file)
	s := open(t, "rediss://"+addr+q+"&cert="+url.QueryEscape(cert)+"&key="+url.QueryEscape(key), "app")
	require.NoError(t, s.Append(t.Context(), done("a")))
	_, err := Open(t.Context(), "rediss://"+addr+q, "app")
	assert.ErrorContains(t, err, "requires a client certificate: add ?cert=FILE&key=FILE")
}

// TestTLSErrors: each says what is wrong at once, and not after retries.
func TestTLSErrors(t *testing.T) {
	needTLS(t)
	t.Parallel()
	a := newAuthority(t)
	plain, secure := a.secure("no")
	_, port, err := net.SplitHostPort(secure)
	require.NoError(t, err)
	other := newAuthority(t).file
	empty := filepath.Join(t.TempDir(), "empty")
	require.NoError(t, os.WriteFile(empty, nil, 0o600))
	const unknown = "add ?ca=FILE to the URL in GRADTEST_REDIS, or set SSL_CERT_FILE"
	for url, want := range map[string]string{
		"rediss://" + plain.Addr:                             "does not use TLS on this port: write redis://",
		"redis://" + secure:                                  "uses TLS on this port: write rediss://",
		"rediss://" + secure:                                 unknown,
		"rediss://" + secure + "?ca=" + other:                unknown,
		"rediss://localhost:" + port + "?ca=" + a.file:       "the server's certificate is for other names",
		"rediss://" + secure + "?ca=" + empty:                "contains no certificate",
		"rediss://" + secure + "?ca=" + empty + "x":          "no such file",
		"redis://" + secure + "?ca=" + a.file:                "does not begin with rediss://",
		"rediss://" + secure + "?cert=" + a.file:             "only one of cert and key",
		"rediss://" + secure + "?cert=" + a.file + "&key=/x": "cert and key in the Redis URL",
	} {
		start := time.Now()
		_, err := Open(t.Context(), url, "app")
		assert.ErrorContains(t, err, want, url)
		assert.Less(t, time.Since(start), 10*time.Second, url)
	}
}

// TestCertFile runs itself with SSL_CERT_FILE, which crypto/x509 reads once in a process.
func TestCertFile(t *testing.T) {
	needTLS(t)
	if url := os.Getenv("REDISSTORE_TEST_CERT_FILE"); url != "" {
		open(t, url, "app")
		return
	}
	t.Parallel()
	a := newAuthority(t)
	_, addr := a.secure("no")
	cmd := exec.Command(os.Args[0], "-test.run=^TestCertFile$")
	cmd.Env = append(os.Environ(), "SSL_CERT_FILE="+a.file, "REDISSTORE_TEST_CERT_FILE=rediss://"+addr)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
}
