package gradtest

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
)

// installed is the session that has replaced http.DefaultTransport.
var installed struct {
	sync.Mutex
	by string // name of its test; empty: none
}

// ReplaceDefaultTransport makes [http.DefaultTransport] send requests to [Session.URL] through the session, for code
// that uses http.Get, http.DefaultClient, or a client without a transport of its own. Requests to other servers go
// through the former transport. A request with its own Authorization header keeps it. The former transport is back when
// the session's test ends, or when the session is closed.
//
// The variable is one for the whole process. So a test that replaces it cannot run in parallel with others, and
// t.Parallel panics as after t.Setenv. Code that asserts the type *http.Transport of the variable does not work with
// it.
func (s *Session) ReplaceDefaultTransport() {
	s.helper()
	if err := s.claimDefaultTransport(); err != nil {
		s.fatal(err)
	}
	former := http.DefaultTransport
	ours := &defaultTransport{server: s.URL(), session: s.Transport(nil), former: former, elsewhere: s.s.elsewhere}
	http.DefaultTransport = ours
	s.atEnd(func() {
		installed.Lock()
		defer installed.Unlock()
		installed.by = ""
		if http.DefaultTransport == http.RoundTripper(ours) {
			http.DefaultTransport = former
		}
	})
}

func (s *Session) claimDefaultTransport() (err error) {
	name := "a session of gradtest.Open"
	if s.tb != nil {
		name = s.tb.Name()
		defer func() {
			if recover() != nil {
				err = fmt.Errorf("gradtest: %s is parallel, and http.DefaultTransport is one for all tests: "+
					"remove t.Parallel, or give the code a client with s.Client()", name)
			}
		}()
		s.tb.Setenv("PATH", os.Getenv("PATH")) // it changes nothing and panics in a parallel test, as t.Parallel does from now on
	}
	installed.Lock()
	defer installed.Unlock()
	if installed.by != "" {
		return fmt.Errorf("gradtest: http.DefaultTransport is replaced by %s already: call ReplaceDefaultTransport once, "+
			"and end that test first", installed.by)
	}
	installed.by = name
	return nil
}

// defaultTransport sends only what is for the server through the session.
type defaultTransport struct {
	server          string
	session, former http.RoundTripper
	elsewhere       func(host string)
}

func (d *defaultTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.URL != nil && !d.serves(req.URL) {
		d.elsewhere(req.URL.Host)
		return d.former.RoundTrip(req)
	}
	return d.session.RoundTrip(req)
}

func (d *defaultTransport) serves(u *url.URL) bool {
	return strings.EqualFold(u.Scheme+"://"+u.Host, d.server)
}

// CloseIdleConnections is called by httptest.Server.Close.
func (d *defaultTransport) CloseIdleConnections() {
	if c, ok := d.former.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}
