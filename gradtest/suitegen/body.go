package suitegen

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// body is what an endpoint sends. Its JSON may have tokens in strings: {{OPERATION PATH}} is a value of the response of
// another operation, {{time D}} a moment from now, {{param NAME}} a path parameter.
type body struct {
	json string // empty: no JSON part
	file string // content type of the file of a multipart body; empty: no multipart
	form string // name of the file's part; empty: attachment
	text string // a body of plain text
}

// bodyOf returns a body that the operation takes; nil for none.
func bodyOf(op rcapi.Operation) *body {
	s := shape.Of(op.ID)
	if k, ok := knownBodies[op.ID]; ok {
		return &k
	}
	if by, ok := op.Replacement(rcapi.Newest); ok {
		if k, ok := knownBodies[by.ID]; ok {
			return &k
		}
	}
	if s == nil || len(s.Request) == 0 {
		return nil
	}
	for _, c := range s.Request {
		if shape.IsJSON(c.Type) {
			made := (shape.Maker{Request: true}).AppendMade(nil, c.Shape, "1", false)
			if string(made) == "{}" {
				made = named(c.Shape)
			}
			return &body{json: fromNow(string(made))}
		}
	}
	return nil
}

// namings are members that a person fills in first, with their values.
var namings = []struct{ member, value string }{
	{"name", "Graduation suite"}, {"firstName", "Ada"}, {"lastName", "Example"}, {"displayName", "Graduation suite"},
	{"title", "Graduation suite"}, {"subject", "Graduation suite"}, {"topic", "Graduation suite"}, {"text", hello},
	{"description", hello}, {"label", "Graduation suite"}, {"phoneNumber", "+16505550160"},
}

// named returns an object with the first members that name a thing, if all members are optional.
func named(s *shape.Shape) []byte {
	var parts []string
	for _, n := range namings {
		m, ok := s.Member(n.member)
		if ok && !m.ReadOnly && m.Shape != nil && m.Shape.Type == "string" && m.Shape.Enum == nil && len(parts) < 2 {
			parts = append(parts, strconv.Quote(n.member)+":"+strconv.Quote(n.value))
		}
	}
	return []byte("{" + strings.Join(parts, ",") + "}")
}

// members returns the names of the top-level members of a body.
func (b *body) members() []string {
	var o map[string]json.RawMessage
	if json.Unmarshal([]byte(b.json), &o) != nil {
		return nil
	}
	return slices.Sorted(maps.Keys(o))
}

var moments = regexp.MustCompile(`"(\w+)":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"`)

// fromNow replaces generated times with moments from now, as the name of the member says: a range lies in the past,
// what is planned in the future.
func fromNow(text string) string {
	return moments.ReplaceAllStringFunc(text, func(member string) string {
		name := moments.FindStringSubmatch(member)[1]
		lower, hours := strings.ToLower(name), "24h"
		switch {
		case strings.HasSuffix(lower, "from"):
			hours = "-720h"
		case strings.HasSuffix(lower, "to"):
			hours = "0h"
		case strings.HasPrefix(lower, "end"):
			hours = "25h"
		}
		return `"` + name + `":"{{time ` + hours + `}}"`
	})
}

// hasKnownBody reports whether the tables have the body of an operation.
func hasKnownBody(op rcapi.Operation) bool {
	by, replaced := op.Replacement(rcapi.Newest)
	_, known := knownBodies[op.ID]
	_, successor := knownBodies[by.ID]
	return known || replaced && successor
}

// tokens returns the tokens of a text, without braces.
func tokens(text string) (all []string) {
	for {
		_, after, ok := strings.Cut(text, "{{")
		if !ok {
			return all
		}
		token, rest, ok := strings.Cut(after, "}}")
		if !ok {
			return all
		}
		all = append(all, token)
		text = rest
	}
}

// calls returns the operations that the tokens call.
func (b *body) calls() (ops []rcapi.Operation) {
	for _, t := range tokens(b.json) {
		name, _, _ := strings.Cut(t, " ")
		if op, ok := rcapi.Lookup(name); ok {
			ops = append(ops, op)
		}
	}
	return ops
}

// dynamic reports whether the body depends on the call.
func (b *body) dynamic() bool {
	for _, t := range tokens(b.json) {
		if !strings.HasPrefix(t, "time ") {
			return true
		}
	}
	return false
}

// expression returns the Go expression of a string that may have a token.
func (w *writer) expression(text string) string {
	before, after, ok := strings.Cut(text, "{{")
	if !ok {
		return strconv.Quote(text)
	}
	token, rest, _ := strings.Cut(after, "}}")
	out := ""
	if before != "" {
		out = strconv.Quote(before) + " + "
	}
	word, arg, _ := strings.Cut(token, " ")
	switch op, isOp := rcapi.Lookup(word); {
	case w.vars[token] != "":
		out += w.vars[token]
	case isOp:
		switch {
		case op.Reads():
			path, query, _ := strings.Cut(arg, " ")
			if name, value, ok := strings.Cut(query, "="); ok {
				query = ", " + w.values([]pair{{name, value}})
			}
			out += fmt.Sprintf("c.Value(%s, %q%s)", op.GoString(), path, query)
		default:
			out += fmt.Sprintf("c.New(%s, %s, %q)", op.GoString(), w.share(op), arg)
		}
	case word == "unique":
		out += `strings.ToLower(rand.Text())`
	case word == "param":
		out += fmt.Sprintf("c.Params[%q]", arg)
	case word == "time":
		out += moment(arg)
	default:
		panic("suitegen: unknown token " + token)
	}
	if rest != "" {
		out += " + " + w.expression(rest)
	}
	return out
}

// moment returns the Go expression of a moment some hours from now.
func moment(hours string) string {
	n, err := strconv.Atoi(strings.TrimSuffix(hours, "h"))
	if err != nil {
		panic("suitegen: bad time " + hours)
	}
	add := ""
	switch {
	case n%24 == 0 && n != 0:
		add = fmt.Sprintf(".AddDate(0, 0, %d)", n/24)
	case n != 0:
		add = fmt.Sprintf(".Add(%d * time.Hour)", n)
	}
	return "time.Now()" + add + ".UTC().Format(time.RFC3339)"
}

// hoisted returns the Go expression of a body, and before it variables for the values that it looks up several times.
func (w *writer) hoisted(b *body) (vars, value string) {
	w.vars = make(map[string]string)
	all := tokens(b.json)
	for i, t := range all {
		word, arg, _ := strings.Cut(t, " ")
		op, ok := rcapi.Lookup(word)
		if !ok || !op.Reads() || !slices.Contains(all[i+1:], t) || w.vars[t] != "" {
			continue
		}
		path, _, _ := strings.Cut(arg, " ")
		name := path[strings.LastIndexByte(path, '.')+1:]
		vars += name + " := " + w.expression("{{"+t+"}}") + "\n"
		w.vars[t] = name
	}
	value = w.source(b)
	w.vars = nil
	return vars, value
}
