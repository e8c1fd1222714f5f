package world

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Content answers a GET of an address that responses hand out and the catalogue has no operation for: the platform's
// media servers answer those. The request has Base, At, User, Path, Range; it is false if no domain has such an
// address.
func (w *World) Content(q *Request) (Reply, *Problem, bool) {
	for _, d := range w.plans.domains {
		for template, content := range d.Content {
			params, ok := matchTemplate(template, q.Path)
			if !ok {
				continue
			}
			w.mu.Lock()
			defer w.mu.Unlock()
			q.Params = params
			f, problem := content(w, q)
			if problem != nil {
				return Reply{}, problem, true
			}
			r, problem := ReplyFile(q, f)
			return r, problem, true
		}
	}
	return Reply{}, nil, false
}

// matchTemplate returns the parameters of a path that fits a template.
func matchTemplate(template, path string) ([]Param, bool) {
	want, got := strings.Split(template, "/"), strings.Split(path, "/")
	if len(want) != len(got) {
		return nil, false
	}
	var params []Param
	for i, segment := range want {
		switch {
		case strings.HasPrefix(segment, "{") && got[i] != "":
			params = append(params, Param{strings.Trim(segment, "{}"), got[i]})
		case segment != got[i]:
			return nil, false
		}
	}
	return params, true
}

// Archive returns a ZIP file with one JSON file.
func Archive(name string, content any) File {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if f, err := z.Create(name + ".json"); err == nil { // writing to memory cannot fail
		_ = json.NewEncoder(f).Encode(content)
	}
	_ = z.Close()
	return File{Name: name + ".zip", Type: "application/zip", Content: b.Bytes()}
}

// addressOf returns the address of a resource that is read below a collection: its own if an operation reads it, or
// else that of the collection.
func addressOf(collection, id string) string {
	if readable(collection + "/" + id) {
		return collection + "/" + id
	}
	if readable(collection) {
		return collection
	}
	return ""
}

func readable(path string) bool {
	_, ok := rcapi.Match(http.MethodGet, path)
	return ok
}
