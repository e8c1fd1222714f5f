package rctest

import "strconv"

// replyEmpty answers without a body.
func replyEmpty(x *exchange, s *shape) *problem {
	if _, p := x.body(); p != nil {
		return p
	}
	x.send(s.status, nil, nil)
	return nil
}

// replyObject answers with one thing: uri, id, and the members that are known of it.
func replyObject(x *exchange, s *shape) *problem {
	body, p := x.body()
	if p != nil {
		return p
	}
	if s.check != nil {
		if p := s.check(x, body); p != nil {
			return p
		}
	}
	id := x.id(s)
	t := &text{b: make([]byte, 0, 1024)}
	t.open('{')
	uri := x.canonical()
	if s.creates {
		uri = s.home(uri) + "/" + id
	}
	t.joined("uri", x.base(), uri)
	t.id("id", id, s.numeric)
	if s.fields != nil {
		s.fields(x, t, thing{id: id, uri: uri, body: body})
	} else if s.creates {
		t.time("creationTime", x.at)
	}
	t.end()
	x.send(s.status, typeJSON, t.b)
	return nil
}

// thing is what an answer speaks of.
type thing struct {
	id   string
	uri  string // path
	body []byte // JSON of the request; nil: none
}

// id is that of the thing an operation speaks of.
func (x *exchange) id(s *shape) string {
	switch {
	case s.creates:
		return x.h.newID(s.uuid)
	case s.idParam != "":
		if id := x.param(s.idParam); id != "~" {
			return id
		}
		return personal(s.idParam)
	case x.param("extensionId") != "":
		return known("extensionId", x.param("extensionId"))
	}
	return known("accountId", x.param("accountId"))
}

// newID is the id of something created: unlike any other.
func (h *Handler) newID(uuid bool) string {
	n := h.created.Add(1)
	if uuid {
		return "7a1cbd2e-5b0f-4c0a-9d1e-" + strconv.FormatInt(0x100000000000+n, 16)
	}
	return strconv.FormatInt(2_000_000_000+n, 10)
}

// known replaces the id that means "of the current token".
func known(param, value string) string {
	if value != "~" && value != "" {
		return value
	}
	return personal(param)
}

func personal(param string) string {
	switch param {
	case "accountId", "companyId":
		return accountID
	case "extensionId":
		return extensionID
	case "chatId":
		return "9" + extensionID
	}
	return "~"
}

// scheme and base tell how the client came here.
func (x *exchange) scheme() string {
	if x.r.TLS != nil {
		return "https"
	}
	return "http"
}

func (x *exchange) base() string {
	if x.origin == "" {
		x.origin = x.scheme() + "://" + x.r.Host
	}
	return x.origin
}

// canonical is the path with real ids in the place of ~.
func (x *exchange) canonical() string {
	out := make([]byte, 0, len(x.escaped)+24)
	for param, value := range x.segments() {
		out = append(append(out, '/'), known(param, value)...)
	}
	return string(out)
}
