package world

import (
	"encoding/base64"
	"maps"
	"net/url"
	"strconv"
	"strings"
)

// cut is the part of a list that is asked for.
type cut struct {
	page, per   int
	first, last int // indices, half-open
	pages       int
	total       int
}

// Defaults and bounds of the paging parameters. What is beyond a maximum is cut to it.
const (
	perPageDefault = 100
	perPageMost    = 1000
	pageMost       = 1000
	chatDefault    = 30
	chatMost       = 250
)

// cutOf reads the paging parameters. Values that are no numbers are refused; max and all are words for as many as there may
// be.
func cutOf(query url.Values, s style, total int) (c cut, p *Problem) {
	c = cut{page: 1, per: max(total, 1), total: total}
	switch s {
	case whole, bySync:
	case byChat:
		c.per, p = number(query, "recordCount", chatDefault, chatMost)
	case bySCIM:
		c.per, p = number(query, "count", perPageDefault, perPageMost)
	default:
		c.per, p = number(query, "perPage", perPageDefault, perPageMost)
	}
	if p != nil {
		return c, p
	}
	switch s {
	case byPage:
		if c.page, p = number(query, "page", 1, pageMost); p != nil {
			return c, p
		}
		c.first = (c.page - 1) * c.per
	case byToken, byChat:
		if token := query.Get("pageToken"); token != "" {
			var ok bool
			if c.first, ok = offset(token); !ok {
				return c, invalid("pageToken", token)
			}
		}
	case bySCIM:
		if c.first, p = number(query, "startIndex", 1, 1<<30); p != nil {
			return c, p
		}
		c.first--
	}
	c.pages = max(1, (total+c.per-1)/c.per)
	c.first = min(c.first, total)
	c.last = min(c.first+c.per, total)
	return c, nil
}

func number(query url.Values, name string, absent, most int) (int, *Problem) {
	switch v := query.Get(name); v {
	case "":
		return absent, nil
	case "max", "all":
		return most, nil
	default:
		n, err := strconv.ParseUint(v, 10, 32)
		if err != nil || n == 0 {
			return 0, invalid(name, v)
		}
		return int(min(n, uint64(most))), nil
	}
}

// paging of a list of nothing is one page without elements.
func (c cut) paging() Object {
	o := Object{"page": c.page, "perPage": c.per, "totalPages": c.pages, "totalElements": c.total}
	if c.last > c.first {
		o["pageStart"], o["pageEnd"] = c.first, c.last-1
	}
	return o
}

// navigation leaves out what does not apply.
func (c cut) navigation(path string, query url.Values) Object {
	link := func(page int) Object { return Object{"uri": c.address(path, query, byPage, page)} }
	o := Object{"firstPage": link(1), "lastPage": link(c.pages)}
	if c.page < c.pages {
		o["nextPage"] = link(c.page + 1)
	}
	if c.page > 1 && c.page <= c.pages {
		o["previousPage"] = link(c.page - 1)
	}
	return o
}

// tokens is paging and navigation of the lists that have page tokens.
func (c cut) tokens() Object {
	o := Object{"perPage": c.per, "firstPageToken": token(0), "pageToken": token(c.first), "currentPageToken": token(c.first)}
	if c.last < c.total {
		o["nextPageToken"] = token(c.last)
	}
	if c.first > 0 {
		before := token(max(0, c.first-c.per))
		o["previousPageToken"], o["prevPageToken"] = before, before
	}
	return o
}

// token is an opaque place in a list.
func token(first int) string {
	return base64.RawURLEncoding.EncodeToString([]byte("from " + strconv.Itoa(first)))
}

func offset(token string) (int, bool) {
	b, err := base64.RawURLEncoding.DecodeString(token)
	digits, ok := strings.CutPrefix(string(b), "from ")
	n, errNumber := strconv.Atoi(digits)
	return n, err == nil && ok && errNumber == nil && n >= 0
}

// address is the canonical address of a page: what the client asked for, with the defaults spelled out.
func (c cut) address(path string, query url.Values, s style, page int) string {
	q := make(url.Values, len(query)+2)
	maps.Copy(q, query)
	q.Del("access_token") // the client's secret stays its own
	if s == byPage {
		q.Set("page", strconv.Itoa(page))
		q.Set("perPage", strconv.Itoa(c.per))
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}
