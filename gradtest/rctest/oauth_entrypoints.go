package rctest

import "net/http"

// entryPoints returns the function for the two discovery documents that the platform's JavaScript client reads, the
// first before login and the second after it. The specification has neither. For other requests it returns nil.
func entryPoints(r *http.Request) func(*exchange) *problem {
	if r.Method != http.MethodGet {
		return nil
	}
	switch r.URL.Path {
	case initialPath:
		return func(x *exchange) *problem { return x.entry(false) }
	case externalPath:
		return func(x *exchange) *problem {
			if p := x.authenticate(); p != nil {
				return p
			}
			return x.entry(true)
		}
	}
	return nil
}

const (
	initialPath  = "/.well-known/entry-points/initial"
	externalPath = "/.well-known/entry-points/external"
)

// entry sends one of the documents, with the members that the client reads.
func (x *exchange) entry(external bool) *problem {
	base := x.base()
	t := &jsonText{b: make([]byte, 0, 768)}
	t.open('{')
	t.string("version", "1.0.0")
	t.int("retryCount", 3)
	t.int("retryInterval", 3)
	if external {
		t.int("retryCycleDelay", 900)
		t.int("expiresIn", 86400)
	}
	t.object("discoveryApi")
	if external {
		t.string("initialUri", base+initialPath)
		t.string("externalUri", base+externalPath)
	} else {
		t.string("defaultExternalUri", base+externalPath)
	}
	t.end()
	t.object("authApi")
	t.string("authorizationUri", base+"/restapi/oauth/authorize")
	t.string("oidcDiscoveryUri", base+"/.well-known/openid-configuration")
	if external {
		t.string("baseUri", base) // the client appends whole paths
		t.string("tokenUri", base+"/restapi/oauth/token")
	} else {
		t.string("defaultTokenUri", base+"/restapi/oauth/token")
	}
	t.end()
	t.object("coreApi")
	t.string("baseUri", base)
	t.end()
	t.object("rcv") // video; the client looks for it before every request
	t.string("baseApiUri", base)
	t.end()
	t.end()
	x.send(http.StatusOK, typeJSON, t.b)
	return nil
}
