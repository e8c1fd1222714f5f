// Package hostcheck keeps web pages away from the servers that gradtest starts on a developer's machine. A page can
// send requests to any port of the machine that its browser runs on, and a page whose host name was rebound to
// 127.0.0.1 can read the answers. Such requests have the page's name in Host, or an Origin or Sec-Fetch-Site of another
// site.
package hostcheck

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Hosts are names by which a server may be addressed besides the loopback names and its own address: host names without
// a port. The zero value has none.
type Hosts struct{ names []string }

// Allow returns the Hosts with these names. It fails for a name that is no host name or has a port.
func Allow(names ...string) (Hosts, error) {
	var h Hosts
	for _, n := range names {
		name := net.ParseIP(n) != nil || hostname(n) == strings.ToLower(n) && !strings.ContainsAny(n, "/@*: \t")
		if n == "" || !name {
			return Hosts{}, fmt.Errorf("host %q: write a name or an IP address without scheme and port, "+
				"such as emulator or 192.0.2.7", n)
		}
		h.names = append(h.names, strings.ToLower(n))
	}
	return h, nil
}

// Addressed reports whether a request is addressed to this server: by a loopback name, by the address on which it
// arrived, or by one of the configured names. A request that did not arrive over TCP can come from no browser.
func (h Hosts) Addressed(r *http.Request) bool {
	own, tcp := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	if !tcp {
		return true
	}
	name := hostname(r.Host)
	if name == "localhost" || strings.HasSuffix(name, ".localhost") {
		return true
	}
	if ip := net.ParseIP(name); ip != nil && (ip.IsLoopback() || ip.Equal(own.IP)) {
		return true
	}
	return slices.Contains(h.names, name)
}

// hostname returns a Host without its port and the brackets of an IPv6 address, in lower case.
func hostname(host string) string {
	u := url.URL{Host: host}
	return strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
}

// FromPage reports whether a request was sent by a web page, of any site. Programs other than browsers send none of the
// fields that say so.
func FromPage(r *http.Request) bool {
	site := r.Header.Get("Sec-Fetch-Site")
	return r.Header.Get("Origin") != "" || site != "" && site != "none"
}
