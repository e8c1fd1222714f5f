package rctest

import (
	"net/url"
	"strconv"
)

// records are the members of a list: how many, and how one is written. The zero value is two of nothing in particular.
type records struct {
	count int
	write func(x *exchange, t *text, it thing, i int) // all but id and uri; nil: nothing
	id    func(i int) string                          // nil: numbers
	home  string                                      // last segment of the records' addresses; empty: the list's own
}

// none is a list of nothing.
var none = records{write: func(*exchange, *text, thing, int) {}}

func (r records) len() int {
	if r.write == nil && r.count == 0 {
		return 2
	}
	return r.count
}

func (r records) name(i int) string {
	if r.id != nil {
		return r.id(i)
	}
	return strconv.Itoa(1_000_000_001 + i)
}

// cut is the part of a list that is asked for.
type cut struct {
	page, per   int
	first, last int // indices, half-open
	pages       int
	total       int
}

const (
	perPageDefault = 100
	perPageMost    = 1000
	pageMost       = 1000
)

// replyList answers with a list, in the style of its part of the platform.
func replyList(x *exchange, s *shape) *problem {
	if _, p := x.body(); p != nil {
		return p
	}
	query := x.r.URL.Query()
	c, p := cutOf(query, s.style, s.records.len())
	if p != nil {
		return p
	}
	path := x.canonical()
	t := &text{b: make([]byte, 0, 512+256*(c.last-c.first))}
	t.open('{')
	if s.style == byPage || s.style == bySync {
		t.joined("uri", x.base(), c.address(path, query, s.style, c.page))
	}
	t.array(s.members)
	for i := c.first; i < c.last; i++ {
		it := thing{id: s.records.name(i)}
		it.uri = path + "/" + it.id
		if s.records.home != "" {
			it.uri = (&shape{kept: s.records.home}).home(path) + "/" + it.id
		}
		t.open('{')
		t.joined("uri", x.base(), it.uri)
		t.id("id", it.id, s.numeric)
		if s.records.write != nil {
			s.records.write(x, t, it, i)
		}
		t.end()
	}
	t.done()
	switch s.style {
	case byPage:
		c.paging(t)
		c.navigation(t, x.base(), path, query)
	case byToken:
		t.object("paging")
		t.int("perPage", c.per)
		t.end()
	case byChat:
		t.object("navigation")
		t.end()
	case bySync:
		t.object("syncInfo")
		t.string("syncType", query.Get("syncType"))
		t.string("syncToken", "c3luYy1lbXVsYXRvcg-"+strconv.FormatInt(x.at.Unix(), 36))
		t.time("syncTime", x.at)
		t.end()
	}
	t.end()
	x.send(s.status, typeJSON, t.b)
	return nil
}

// cutOf reads the paging parameters. Values above the maximum are cut, those that are no numbers are refused; max and all
// are words for as many as there may be.
func cutOf(query url.Values, s style, total int) (cut, *problem) {
	c := cut{page: 1, per: perPageDefault, total: total, last: total, pages: 1}
	if s != byPage && s != byToken {
		return c, nil
	}
	var p *problem
	if c.per, p = number(query, "perPage", perPageDefault, perPageMost); p != nil {
		return c, p
	}
	if s == byPage {
		if c.page, p = number(query, "page", 1, pageMost); p != nil {
			return c, p
		}
	}
	c.pages = max(1, (total+c.per-1)/c.per)
	c.first = min((c.page-1)*c.per, total)
	c.last = min(c.first+c.per, total)
	return c, nil
}

func number(query url.Values, name string, absent, most int) (int, *problem) {
	switch v := query.Get(name); v {
	case "":
		return absent, nil
	case "max", "all":
		return most, nil
	default:
		n, err := strconv.ParseUint(v, 10, 32)
		if err != nil || n == 0 {
			return 0, problemParameter(name, v)
		}
		return int(min(n, uint64(most))), nil
	}
}

// paging of a list of nothing is one page without elements.
func (c cut) paging(t *text) {
	t.object("paging")
	t.int("page", c.page)
	t.int("perPage", c.per)
	if c.last > c.first {
		t.int("pageStart", c.first)
		t.int("pageEnd", c.last-1)
	}
	t.int("totalPages", c.pages)
	t.int("totalElements", c.total)
	t.end()
}

// navigation leaves out what does not apply.
func (c cut) navigation(t *text, base, path string, query url.Values) {
	t.object("navigation")
	link := func(key string, page int) {
		t.object(key)
		t.string("uri", base+c.address(path, query, byPage, page))
		t.end()
	}
	link("firstPage", 1)
	if c.page < c.pages {
		link("nextPage", c.page+1)
	}
	if c.page > 1 && c.page <= c.pages {
		link("previousPage", c.page-1)
	}
	link("lastPage", c.pages)
	t.end()
}

// address is the canonical address of a page: what the client asked for, with the defaults spelled out.
func (c cut) address(path string, query url.Values, s style, page int) string {
	q := make(url.Values, len(query)+2)
	for name, values := range query {
		if name != "access_token" { // the client's secret stays its own
			q[name] = values
		}
	}
	if s == byPage {
		q.Set("page", strconv.Itoa(page))
		q.Set("perPage", strconv.Itoa(c.per))
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}
