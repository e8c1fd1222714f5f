package rctest

import "net/http"

// versions handles GET /restapi, which needs no token.
func versions(x *exchange) *problem {
	t := &jsonText{b: make([]byte, 0, 256)}
	t.open('{')
	t.joined("uri", x.base(), "/restapi")
	t.array("apiVersions")
	t.open('{')
	x.version(t, "v1.0")
	t.end()
	t.done()
	t.string("serverVersion", serverVersion)
	t.end()
	x.send(http.StatusOK, typeJSON, t.b)
	return nil
}

// version handles GET /restapi/{apiVersion}.
func version(x *exchange) *problem {
	v := x.param("apiVersion")
	if v != "v1.0" && v != "v2" {
		return problemResource("apiVersion", v)
	}
	t := &jsonText{b: make([]byte, 0, 256)}
	t.open('{')
	x.version(t, v)
	t.end()
	x.send(http.StatusOK, typeJSON, t.b)
	return nil
}

func (x *exchange) version(t *jsonText, v string) {
	t.joined("uri", x.base(), "/restapi/", v)
	t.string("versionString", v)
	t.string("releaseDate", "2026-01-01T00:00:00.000Z")
	t.string("uriString", v)
}

const serverVersion = "1.0.60"
