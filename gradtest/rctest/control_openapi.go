package rctest

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
)

// openAPIPath is the address of the description of the control endpoints.
const openAPIPath = controlPrefix + "openapi.json"

// The shapes of an OpenAPI document that the control endpoints need.
type (
	openAPI struct {
		Version string                                 `json:"openapi"`
		Info    map[string]string                      `json:"info"`
		Servers []map[string]string                    `json:"servers"`
		Paths   map[string]map[string]openAPIOperation `json:"paths"`
	}
	openAPIOperation struct {
		ID          string                     `json:"operationId"`
		Summary     string                     `json:"summary"`
		Parameters  []openAPIParameter         `json:"parameters,omitempty"`
		RequestBody *openAPIContent            `json:"requestBody,omitempty"`
		Responses   map[string]*openAPIContent `json:"responses"`
	}
	openAPIParameter struct {
		Name     string         `json:"name"`
		In       string         `json:"in"`
		Required bool           `json:"required,omitempty"`
		Schema   map[string]any `json:"schema"`
	}
	openAPIContent struct {
		Description string                  `json:"description,omitempty"`
		Content     map[string]openAPIMedia `json:"content,omitempty"`
	}
	openAPIMedia struct {
		Schema   map[string]any            `json:"schema"`
		Examples map[string]openAPIExample `json:"examples,omitempty"`
	}
	openAPIExample struct {
		Value any `json:"value"`
	}
)

// describe returns the OpenAPI description of the endpoints. Parameters and examples of bodies come from the help of
// each endpoint, which is the only place where they are written down.
func describe(all []endpoint, base string) openAPI {
	doc := openAPI{
		Version: "3.0.3",
		Info: map[string]string{
			"title": "Control endpoints of the emulator", "version": "1",
			"description": "They need no token, count against no rate limit and are not recorded as calls.",
		},
		Servers: []map[string]string{{"url": base}},
		Paths:   make(map[string]map[string]openAPIOperation),
	}
	for _, e := range all {
		path := strings.TrimSuffix(e.path, "{$}")
		if doc.Paths[path] == nil {
			doc.Paths[path] = make(map[string]openAPIOperation)
		}
		doc.Paths[path][strings.ToLower(e.method)] = e.describe()
	}
	return doc
}

var (
	inPath  = regexp.MustCompile(`\{(\w+)\}`)
	inQuery = regexp.MustCompile(`\?(\w+)=`)
)

func (e endpoint) describe() openAPIOperation {
	text := map[string]any{"type": "string"}
	failed := &openAPIContent{
		Description: "a mistake in the request",
		Content: map[string]openAPIMedia{"application/json": {Schema: map[string]any{
			"type": "object", "required": []string{"error"}, "properties": map[string]any{"error": text},
		}}},
	}
	succeeded := &openAPIContent{Description: "done"}
	switch {
	case strings.HasSuffix(e.path, ".json") || strings.Contains(e.path, "/v1/"):
		succeeded.Content = map[string]openAPIMedia{"application/json": {Schema: map[string]any{"type": "object"}}}
	case e.method == http.MethodGet:
		succeeded.Content = map[string]openAPIMedia{"text/html": {Schema: text}}
	}
	op := openAPIOperation{
		ID:      strings.ToLower(e.method) + strings.Trim(regexp.MustCompile(`\W+`).ReplaceAllString(e.path[len(controlPrefix):], "_"), "_"),
		Summary: e.help, Responses: map[string]*openAPIContent{"2XX": succeeded, "4XX": failed},
	}
	for _, m := range inPath.FindAllStringSubmatch(e.path, -1) {
		op.Parameters = append(op.Parameters, openAPIParameter{m[1], "path", true, text})
	}
	for _, m := range inQuery.FindAllStringSubmatch(e.help, -1) {
		op.Parameters = append(op.Parameters, openAPIParameter{m[1], "query", false, text})
	}
	if examples := e.examples(); len(examples) > 0 {
		op.RequestBody = &openAPIContent{Content: map[string]openAPIMedia{"application/json": {
			Schema: map[string]any{"type": "object"}, Examples: examples,
		}}}
	}
	return op
}

// examples returns the JSON objects in the help of an endpoint.
func (e endpoint) examples() map[string]openAPIExample {
	all := make(map[string]openAPIExample)
	for rest := e.help; ; {
		begin := strings.IndexByte(rest, '{')
		if begin < 0 {
			return all
		}
		d := json.NewDecoder(strings.NewReader(rest[begin:]))
		var value any
		if d.Decode(&value) != nil {
			return all // a brace that begins no example
		}
		all["example"+string(rune('1'+len(all)))] = openAPIExample{value}
		rest = rest[begin+int(d.InputOffset()):]
	}
}
