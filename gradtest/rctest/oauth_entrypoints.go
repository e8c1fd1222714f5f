package rctest

import "net/http"

// entryPoints knows the discovery documents that the platform's JavaScript client reads and the specification lacks: the
// first one before the log-in, the other after it. It is nil for every other request.
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

// entry writes one of the documents, with what the client reads of it.
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
		t.string("baseUri", base) // the client puts whole paths behind it
		t.string("tokenUri", base+"/restapi/oauth/token")
	} else {
		t.string("defaultTokenUri", base+"/restapi/oauth/token")
	}
	t.end()
	t.object("coreApi")
	t.string("baseUri", base)
	t.end()
	t.object("rcv") // of video; the client looks for it before every request
	t.string("baseApiUri", base)
	t.end()
	t.end()
	x.send(http.StatusOK, typeJSON, t.b)
	return nil
}
