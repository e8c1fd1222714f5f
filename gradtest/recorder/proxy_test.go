package recorder

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// proxied returns a client as the program's environment makes one: it trusts the file in SSL_CERT_FILE and uses the
// proxy.
func proxied(t testing.TB, r *Recorder, http2 bool) *http.Client {
	t.Helper()
	env := r.Environ(nil)
	text, err := os.ReadFile(valueOf(env, "SSL_CERT_FILE"))
	require.NoError(t, err)
	roots := x509.NewCertPool()
	require.True(t, roots.AppendCertsFromPEM(text))
	u, err := url.Parse(valueOf(env, "HTTPS_PROXY"))
	require.NoError(t, err)
	tr := &http.Transport{
		Proxy: http.ProxyURL(u), TLSClientConfig: &tls.Config{RootCAs: roots}, ForceAttemptHTTP2: http2,
		DisableCompression: true,
	}
	t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Transport: tr}
}

// TestProxyOnEmulator: a program with a fixed address runs on the emulator, and nothing leaves the machine.
func TestProxyOnEmulator(t *testing.T) {
	r := started(t, Config{Proxy: true, Getenv: getenv()})
	for _, http2 := range []bool{true, false} {
		c := proxied(t, r, http2)
		for _, host := range []string{"platform.ringcentral.com", "media.devtest.ringcentral.com"} {
			resp, err := c.Get("https://" + host + account)
			require.NoError(t, err)
			assert.Equal(t, 401, resp.StatusCode, "there is no token")
			assert.Equal(t, map[bool]int{true: 2, false: 1}[http2], resp.ProtoMajor)
			_ = resp.Body.Close()
		}
		env := r.Environ(nil)
		form := url.Values{"grant_type": {rctest.GrantJWT}, "assertion": {valueOf(env, "RC_JWT")}}.Encode()
		token := "https://platform.ringcentral.com/restapi/oauth/token"
		req, _ := http.NewRequest("POST", token, strings.NewReader(form))
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.SetBasicAuth(valueOf(env, "RC_CLIENT_ID"), valueOf(env, "RC_CLIENT_SECRET"))
		resp, err := c.Do(req)
		require.NoError(t, err)
		assert.Equal(t, 200, resp.StatusCode)
		_ = resp.Body.Close()
		c.CloseIdleConnections()
	}
	c := proxied(t, r, true)
	_, body := get(t, c, "https://platform.ringcentral.com/restapi")
	c.CloseIdleConnections() // a program that has ended has no connections
	assert.Contains(t, body, `"https://platform.ringcentral.com/restapi`, "absolute URLs lead back")
	s := r.Summary()
	assert.Equal(t, 4, s.Operations[0].Calls)
	assert.Equal(t, map[string]int{"jwt-bearer": 2}, s.Grants)
	http.DefaultClient.CloseIdleConnections()
	file := r.CertFile()
	require.NoError(t, r.Close())
	assert.NoFileExists(t, file)
}

// TestProxyOnServer: the calls of the upstream are recorded, other hosts get what the program sent, byte by byte.
func TestProxyOnServer(t *testing.T) {
	var path string
	upstream := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		path = req.URL.Path
		if req.Header.Get("Upgrade") != "" {
			echoWebSocket(w, req)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{}`)
	}))
	defer upstream.Close()
	other := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "other")
	}))
	other.Config.ErrorLog = log.New(io.Discard, "", 0)
	other.StartTLS()
	defer other.Close()
	r, memory := startedAt(t, upstream.URL, func(c *Config) {
		c.Proxy = true
		c.Base = upstream.Client().Transport
	})
	c := proxied(t, r, true)
	status, _ := get(t, c, upstream.URL+account)
	assert.Equal(t, 200, status)
	assert.Equal(t, "/restapi/v1.0/account/~", path)
	require.Len(t, records(t, memory), 1)

	_, err := c.Get(other.URL)
	unknown, ok := errors.AsType[x509.UnknownAuthorityError](err)
	require.True(t, ok, "%v", err)
	assert.True(t, unknown.Cert.Equal(other.Certificate()), "it is the server's own certificate")
	c.Transport.(*http.Transport).TLSClientConfig.RootCAs.AddCert(other.Certificate())
	c.CloseIdleConnections()
	_, body := get(t, c, other.URL)
	assert.Equal(t, "other", body)
	assert.Len(t, records(t, memory), 1)

	host := strings.TrimPrefix(upstream.URL, "https://")
	conn, err := net.Dial("tcp", strings.TrimPrefix(r.URL(), "http://"))
	require.NoError(t, err)
	fmt.Fprintf(conn, "CONNECT %s HTTP/1.1\r\nHost: %s\r\n\r\n", host, host)
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	require.NoError(t, err)
	require.Equal(t, 200, resp.StatusCode)
	roots := c.Transport.(*http.Transport).TLSClientConfig.RootCAs
	secure := tls.Client(conn, &tls.Config{RootCAs: roots, ServerName: "127.0.0.1"})
	converse(t, secure, host, "https://app.example")
	assert.Len(t, records(t, memory), 2, "wss is recorded")
}

// TestProxyLeavesOthersAlone: hosts of the platform besides the upstream's environment are not recorded, and that is
// said.
func TestProxyLeavesOthersAlone(t *testing.T) {
	r, _ := startedAt(t, "https://platform.devtest.ringcentral.com", func(c *Config) { c.Proxy = true })
	for host, want := range map[string]string{
		"platform.devtest.ringcentral.com:443": "https://platform.devtest.ringcentral.com",
		"media.devtest.ringcentral.com:443":    "https://media.devtest.ringcentral.com:443",
		"platform.ringcentral.com:443":         "",
		"www.ringcentral.com:443":              "",
		"example.com:443":                      "",
		"ringcentral.com.example.com:443":      "",
	} {
		origin, ok := r.originOf(host)
		assert.Equal(t, want != "", ok, host)
		if ok {
			assert.Equal(t, want, origin.String())
		}
		r.proxy.decide(host, nil)
	}
	local, _ := startedAt(t, "http://127.0.0.1:1", func(c *Config) { c.Proxy = true })
	origin, ok := local.originOf("platform.ringcentral.com:443")
	assert.True(t, ok, "nothing leaves the machine")
	assert.Equal(t, "http://127.0.0.1:1", origin.String())
	assert.Equal(t, []string{"The calls of platform.ringcentral.com were not recorded: name it with --upstream " +
		"https://platform.ringcentral.com."}, r.Summary().Notes[:1])
}

func TestDistrust(t *testing.T) {
	var said string
	done := make(chan bool)
	r := started(t, Config{Proxy: true, Getenv: getenv(), Notice: func(s string) { said = s; close(done) }})
	c := proxied(t, r, false)
	c.Transport.(*http.Transport).TLSClientConfig.RootCAs = x509.NewCertPool()
	_, err := c.Get("https://platform.ringcentral.com" + account)
	require.Error(t, err)
	<-done
	assert.Equal(t, "The program refused the recorder's certificate for platform.ringcentral.com, so those calls were "+
		"not made: let it trust the file in SSL_CERT_FILE (Java: a trust store).", said)
}

// TestAuthority: a certificate for another host is worth nothing, even if its key became known.
func TestAuthority(t *testing.T) {
	up, _ := url.Parse("https://10.1.2.3")
	a, err := newAuthority(up)
	require.NoError(t, err)
	roots := x509.NewCertPool()
	require.True(t, roots.AppendCertsFromPEM(a.pem()))
	for host, want := range map[string]bool{
		"platform.ringcentral.com": true, "10.1.2.3": true, "platform.ringcentral.eu": true,
		"bank.example": false, "10.1.2.4": false, "notringcentral.com": false,
	} {
		cfg, err := a.config(host)
		require.NoError(t, err)
		leaf, err := x509.ParseCertificate(cfg.Certificates[0].Certificate[0])
		require.NoError(t, err)
		_, err = leaf.Verify(x509.VerifyOptions{Roots: roots, DNSName: host})
		assert.Equal(t, want, err == nil, "%s: %v", host, err)
	}
}

// TestTrust: what the variables named before is still trusted, and system roots where a variable replaces them.
func TestTrust(t *testing.T) {
	own := t.TempDir() + "/own.pem"
	require.NoError(t, os.WriteFile(own, []byte("OWN\n"), 0o600))
	tr, err := writeTrust([]byte("CA\n"), []string{"REQUESTS_CA_BUNDLE=" + own})
	require.NoError(t, err)
	read := func(name string) string {
		text, err := os.ReadFile(valueOf(tr.set, name))
		require.NoError(t, err)
		return string(text)
	}
	assert.Equal(t, "OWN\n\nCA\n", read("REQUESTS_CA_BUNDLE"))
	assert.Equal(t, "CA\n", read("NODE_EXTRA_CA_CERTS"))
	assert.True(t, strings.HasSuffix(read("SSL_CERT_FILE"), "\nCA\n"))
	info, err := os.Stat(tr.dir)
	require.NoError(t, err)
	assert.Zero(t, info.Mode().Perm()&0o077)
	require.NoError(t, tr.remove())
	assert.NoDirExists(t, tr.dir)

	_, err = writeTrust([]byte("CA\n"), []string{"SSL_CERT_FILE=/no/such/file"})
	assert.ErrorContains(t, err, "recorder: SSL_CERT_FILE names a file that cannot be read: ")
}

func TestEnviron(t *testing.T) {
	r := started(t, Config{Getenv: getenv()})
	env := r.Environ([]string{
		"RC_JWT=real", "RINGCENTRAL_SERVER_URL=https://platform.ringcentral.com", "HTTP_PROXY=http://p", "NO_PROXY=a",
	})
	for _, name := range []string{"RC_SERVER_URL", "RINGCENTRAL_SERVER_URL"} {
		assert.Equal(t, r.URL(), valueOf(env, name))
	}
	assert.Equal(t, r.up.emulator.Credentials().JWT, valueOf(env, "RC_JWT"))
	assert.Equal(t, "a,127.0.0.1,localhost", valueOf(env, "no_proxy"))

	r, _ = startedAt(t, "http://127.0.0.1:1", func(c *Config) { c.Proxy = true })
	env = r.Environ([]string{"RC_JWT=real", "NO_PROXY=*,internal,.ringcentral.com", "HTTPS_PROXY=http://corp"})
	assert.Equal(t, "real", valueOf(env, "RC_JWT"), "the program authorizes itself")
	assert.Equal(t, r.URL(), valueOf(env, "https_proxy"))
	assert.Equal(t, "internal", valueOf(env, "NO_PROXY"))
	count := 0
	for _, v := range env {
		if strings.HasPrefix(v, "HTTPS_PROXY=") {
			count++
		}
	}
	assert.Equal(t, 1, count)
}

// TestLoops: an upstream that leads back, directly and through a proxy, gets one answer and one sentence.
func TestLoops(t *testing.T) {
	var r *Recorder
	server := serve(t, func(w http.ResponseWriter, req *http.Request) { // forwards as a proxy does
		out, _ := http.NewRequestWithContext(req.Context(), req.Method, r.URL()+req.URL.Path, nil)
		out.Header = req.Header.Clone()
		resp, err := http.DefaultClient.Do(out)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		defer resp.Body.Close()
		w.WriteHeader(resp.StatusCode)
		_, _ = io.Copy(w, resp.Body)
	})
	var said []string
	r, memory := startedAt(t, server, func(c *Config) { c.Notice = func(s string) { said = append(said, s) } })
	for range 2 {
		status, body := get(t, http.DefaultClient, r.URL()+account)
		assert.Equal(t, 508, status)
		assert.Contains(t, body, "leads back to this recorder")
	}
	require.Len(t, said, 1)
	assert.Contains(t, said[0], "nothing reaches the platform: set --upstream or RC_SERVER_URL to the platform")
	assert.Len(t, records(t, memory), 2)

	r, _ = startedAt(t, "https://127.0.0.1:1", func(c *Config) { c.Proxy = true })
	// As HTTPS_PROXY of the recorder's own environment.
	r.up.base.(*http.Transport).Proxy = func(*http.Request) (*url.URL, error) { return url.Parse(r.URL()) }
	status, _ := get(t, http.DefaultClient, r.URL()+account)
	assert.Equal(t, 502, status)
	assert.Contains(t, strings.Join(r.Summary().Notes, " "), "leads back to this recorder")
}
