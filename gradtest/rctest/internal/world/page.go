package world

import (
	"encoding/base64"
	"maps"
	"net/url"
	"strconv"
	"strings"
)

// page is the requested part of a list.
type page struct {
	number, perPage int
	first, last     int // indices, half-open
	pages           int
	total           int
}

// Defaults and bounds of the paging parameters. Larger values are reduced to the maximum.
const (
	defaultPerPage     = 100
	MaxPerPage         = 1000
	MaxPage            = 1000
	DefaultChatRecords = 30
	MaxChatRecords     = 250
)

// pageOf reads the paging parameters and refuses values that are not numbers. The words max and all mean as many as
// allowed.
func pageOf(query url.Values, s style, total int) (c page, p *Problem) {
	c = page{number: 1, perPage: max(total, 1), total: total}
	switch s {
	case unpaged, bySync:
	case byChat:
		c.perPage, p = PageParam(query, "recordCount", DefaultChatRecords, MaxChatRecords)
	case bySCIM:
		c.perPage, p = PageParam(query, "count", defaultPerPage, MaxPerPage)
	default:
		c.perPage, p = PageParam(query, "perPage", defaultPerPage, MaxPerPage)
	}
	if p != nil {
		return c, p
	}
	switch s {
	case byPage:
		if c.number, p = PageParam(query, "page", 1, MaxPage); p != nil {
			return c, p
		}
		c.first = (c.number - 1) * c.perPage
	case byToken, byChat:
		if token := query.Get("pageToken"); token != "" {
			var ok bool
			if c.first, ok = parsePageToken(token); !ok {
				return c, Invalid("pageToken", token)
			}
		}
	case bySCIM:
		if c.first, p = PageParam(query, "startIndex", 1, 1<<30); p != nil {
			return c, p
		}
		c.first--
	}
	c.pages = max(1, (total+c.perPage-1)/c.perPage)
	c.first = min(c.first, total)
	c.last = min(c.first+c.perPage, total)
	return c, nil
}

func PageParam(query url.Values, name string, absent, most int) (int, *Problem) {
	switch v := query.Get(name); v {
	case "":
		return absent, nil
	case "max", "all":
		return most, nil
	default:
		n, err := strconv.ParseUint(v, 10, 32)
		if err != nil || n == 0 {
			return 0, Invalid(name, v)
		}
		return int(min(n, uint64(most))), nil
	}
}

// paging renders the paging object. An empty list is one page without elements.
func (c page) paging() Object {
	o := Object{"page": c.number, "perPage": c.perPage, "totalPages": c.pages, "totalElements": c.total}
	if c.last > c.first {
		o["pageStart"], o["pageEnd"] = c.first, c.last-1
	}
	return o
}

// navigation renders the links that apply.
func (c page) navigation(path string, query url.Values) Object {
	link := func(page int) Object { return Object{"uri": c.uri(path, query, byPage, page)} }
	o := Object{"firstPage": link(1), "lastPage": link(c.pages)}
	if c.number < c.pages {
		o["nextPage"] = link(c.number + 1)
	}
	if c.number > 1 && c.number <= c.pages {
		o["previousPage"] = link(c.number - 1)
	}
	return o
}

// tokens renders paging and navigation of lists with page tokens.
func (c page) tokens() Object {
	o := Object{"perPage": c.perPage, "firstPageToken": pageToken(0), "pageToken": pageToken(c.first),
		"currentPageToken": pageToken(c.first)}
	if c.last < c.total {
		o["nextPageToken"] = pageToken(c.last)
	}
	if c.first > 0 {
		before := pageToken(max(0, c.first-c.perPage))
		o["previousPageToken"], o["prevPageToken"] = before, before
	}
	return o
}

// chatTokens renders the navigation of team messaging, where the first page has the newest records: the previous page
// is the one with older records, the next page the one with newer ones. Source: the guide's samples of pagination.
func (c page) chatTokens() Object {
	o := Object{}
	if c.last < c.total {
		o["prevPageToken"] = pageToken(c.last)
	}
	if c.first > 0 {
		o["nextPageToken"] = pageToken(max(0, c.first-c.perPage))
	}
	return o
}

// pageToken is an opaque position in a list.
func pageToken(first int) string {
	return base64.RawURLEncoding.EncodeToString([]byte("from " + strconv.Itoa(first)))
}

func parsePageToken(token string) (int, bool) {
	b, err := base64.RawURLEncoding.DecodeString(token)
	digits, ok := strings.CutPrefix(string(b), "from ")
	n, errNumber := strconv.Atoi(digits)
	return n, err == nil && ok && errNumber == nil && n >= 0
}

// uri returns the canonical address of a page: the requested one, with defaults added.
func (c page) uri(path string, query url.Values, s style, page int) string {
	q := make(url.Values, len(query)+2)
	maps.Copy(q, query)
	q.Del("access_token") // the client's secret stays its own
	if s == byPage {
		q.Set("page", strconv.Itoa(page))
		q.Set("perPage", strconv.Itoa(c.perPage))
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}
