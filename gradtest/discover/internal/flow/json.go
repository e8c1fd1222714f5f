package flow

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// jsonValue is a value that the program decodes from JSON which is a part of the program: an embedded file or a
// literal.
type jsonValue struct{ v any }

// decoders fill their last argument from JSON.
var decoders = map[string]bool{
	"encoding/json.Unmarshal":         true,
	"(*encoding/json.Decoder).Decode": true,
}

// decode returns the JSON that a call decodes, or nil if it is not known.
func (e *Evaluator) decode(w *write, f *Frame) *jsonValue {
	call := w.at.(ssa.CallInstruction)
	var text string
	switch call.Common().StaticCallee().String() {
	case "encoding/json.Unmarshal":
		text = e.settled(func() string { return e.text(call.Common().Args[0], f) })
	default:
		d := e.resolve(loc{v: call.Common().Args[0], f: f, at: call})
		c, ok := d.v.(*ssa.Call)
		if !ok || c.Call.StaticCallee() == nil || c.Call.StaticCallee().String() != "encoding/json.NewDecoder" {
			return nil
		}
		text = e.settled(func() string { return e.reader(loc{v: c.Call.Args[0], f: d.f, at: c}) })
	}
	var v any
	if !Known(text) || json.Unmarshal([]byte(text), &v) != nil {
		return nil
	}
	return &jsonValue{v}
}

// reader returns what a reader reads: one of a string, of bytes, or an embedded file.
func (e *Evaluator) reader(l loc) string {
	l = e.resolve(l)
	v := l.v
	if x, ok := v.(*ssa.Extract); ok {
		v = x.Tuple
	}
	c, ok := v.(*ssa.Call)
	if !ok || c.Call.StaticCallee() == nil {
		return anyText
	}
	switch c.Call.StaticCallee().String() {
	case "strings.NewReader", "bytes.NewReader", "bytes.NewBufferString", "bytes.NewBuffer":
		return e.text(c.Call.Args[0], l.f)
	case "(embed.FS).Open":
		return e.embedded(c, l.f)
	}
	return anyText
}

// embedded returns the content of a file of an embed.FS.
func (e *Evaluator) embedded(c *ssa.Call, f *Frame) string {
	fsys := c.Call.Args[0]
	if m, ok := fsys.(*ssa.MakeInterface); ok {
		fsys = m.X
	}
	u, ok := fsys.(*ssa.UnOp)
	if !ok {
		return anyText
	}
	g, ok := u.X.(*ssa.Global)
	if !ok {
		return anyText
	}
	dir := e.embeds[globalName(g)]
	name := e.text(c.Call.Args[1], f)
	if dir == "" || !Known(name) {
		return anyText
	}
	return content(dir + "/" + name)
}

func (e *Evaluator) file(name string, f *Frame) loc {
	s := content(name)
	return loc{lit: &s, f: f}
}

func content(name string) string {
	b, err := os.ReadFile(name)
	if err != nil || len(b) > 8<<20 {
		return anyText
	}
	return string(b)
}

// part returns the part of a JSON value that a path into the Go value selects.
func (j *jsonValue) part(path []sel) *jsonValue {
	for _, s := range path {
		switch v := j.v.(type) {
		case []any:
			if !s.elem || s.field < 0 || s.field >= len(v) {
				return &jsonValue{}
			}
			j = &jsonValue{v[s.field]}
		case map[string]any:
			if s.st == nil || s.field < 0 || s.field >= s.st.NumFields() {
				return &jsonValue{}
			}
			field := s.st.Field(s.field)
			name, _, _ := strings.Cut(reflect.StructTag(s.st.Tag(s.field)).Get("json"), ",")
			if field.Embedded() && name == "" {
				continue
			}
			if name == "" {
				name = field.Name()
			}
			j = j.at(name)
		default:
			return &jsonValue{}
		}
	}
	return j
}

// at returns the member of an object; names are compared as encoding/json does.
func (j *jsonValue) at(name string) *jsonValue {
	m, _ := j.v.(map[string]any)
	if v, ok := m[name]; ok {
		return &jsonValue{v}
	}
	for k, v := range m {
		if strings.EqualFold(k, name) {
			return &jsonValue{v}
		}
	}
	return &jsonValue{}
}

func (j *jsonValue) keys() []string {
	m, _ := j.v.(map[string]any)
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func (j *jsonValue) list() []*jsonValue {
	a, _ := j.v.([]any)
	list := make([]*jsonValue, len(a))
	for i := range a {
		list[i] = &jsonValue{a[i]}
	}
	return list
}

func (j *jsonValue) text() string {
	switch v := j.v.(type) {
	case nil:
		return ""
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	}
	return anyText
}
