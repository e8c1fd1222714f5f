package shape

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// value appends v without the parts that do not fit. If it returns false, v does not fit at all and the caller must
// truncate b to its former length.
func (w *writer) value(b []byte, s *Shape, v any, at path) ([]byte, bool) {
	if raw, ok := v.(json.RawMessage); ok {
		return append(b, raw...), len(raw) > 0
	}
	if s == nil {
		return appendAny(b, v), true
	}
	if v == nil {
		return append(b, "null"...), s.Nullable || s.Type == "" && s.Enum == nil && len(s.Alternatives) == 0
	}
	if len(s.Alternatives) > 0 {
		return w.choice(b, s, v, at)
	}
	switch v := v.(type) {
	case map[string]any:
		return w.object(b, s, v, at)
	case []any:
		return w.array(b, s, len(v), func(i int) any { return v[i] }, at)
	case []string:
		return w.array(b, s, len(v), func(i int) any { return v[i] }, at)
	case []map[string]any:
		return w.array(b, s, len(v), func(i int) any { return v[i] }, at)
	case string:
		if !s.fitsString(v) {
			return s.asNumber(b, v)
		}
		if w.Base != "" && strings.HasPrefix(v, "/") && address(s, at.last()) {
			b = AppendEscaped(append(b, '"'), w.Base)
			return append(AppendEscaped(b, v), '"'), true
		}
		return appendString(b, v), true
	case bool:
		return strconv.AppendBool(b, v), s.fitsBool(v)
	case time.Time:
		return w.timeValue(b, s, v)
	case float64, int, int64, json.Number:
		n, ok := number(v)
		if ok && s.Type == "string" && s.Format == "" {
			return s.asText(b, v)
		}
		if !ok || !s.fitsNumber(n) {
			return b, false
		}
		return appendNumber(b, v), true
	}
	plain, ok := toBasic(v)
	if !ok {
		return b, false
	}
	return w.value(b, s, plain, at)
}

// asNumber appends a string as a whole number, since ids are numbers in some schemas and strings in others.
func (s *Shape) asNumber(b []byte, v string) ([]byte, bool) {
	if s.Type != "integer" || !isWholeNumber(v) {
		return b, false
	}
	n, err := strconv.ParseInt(v, 10, 64)
	return strconv.AppendInt(b, n, 10), err == nil && s.fitsNumber(float64(n))
}

// asText appends a number as a string.
func (s *Shape) asText(b []byte, v any) ([]byte, bool) {
	b = append(b, '"')
	from := len(b)
	b = appendNumber(b, v)
	return append(b, '"'), s.fitsString(string(b[from:]))
}

// identifies reports whether v may be the id of an object of this shape.
func (s *Shape) identifies(v any) bool {
	m, ok := s.Member("id")
	if !ok || m.Shape == nil || v == "" {
		return false
	}
	if text, ok := v.(string); ok && m.Shape.Type == "integer" {
		return isWholeNumber(text)
	}
	_, isNumber := number(v)
	return isNumber || m.Shape.fitsScalar(v)
}

// isBasic reports whether a value has one of the types in the package comment.
func isBasic(v any) bool {
	switch v.(type) {
	case nil, map[string]any, []any, []string, []map[string]any, string, bool, float64, int, int64, json.Number, time.Time,
		json.RawMessage:
		return true
	}
	return false
}

// toBasic converts another type by marshalling and unmarshalling it.
func toBasic(v any) (any, bool) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, false
	}
	var out any
	return out, json.Unmarshal(text, &out) == nil
}

func (w *writer) timeValue(b []byte, s *Shape, v time.Time) ([]byte, bool) {
	layout := PlatformTime
	switch s.Format {
	case "date":
		layout = platformDate
	case "time":
		layout = time.TimeOnly
	}
	if s.Type != "string" && s.Type != "" {
		return b, false
	}
	b = append(b, '"')
	from := len(b)
	b = v.UTC().AppendFormat(b, layout)
	if s.pattern != nil || s.Enum != nil || s.MaxLength > 0 {
		return append(b, '"'), s.fitsString(string(b[from:]))
	}
	return append(b, '"'), true
}

func (w *writer) object(b []byte, s *Shape, v map[string]any, at path) ([]byte, bool) {
	if s.Type != "object" && s.Type != "" {
		return b, false
	}
	if s.Free() {
		return appendAny(b, v), true
	}
	if id := v["id"]; id != nil && s.identifies(id) {
		was := w.resource
		defer func() { w.resource = was }()
		w.resource = resource{id: id, root: len(at)}
	}
	b = append(b, '{')
	start, known := len(b), 0
	for i := range s.Members {
		m := &s.Members[i]
		value, given := v[m.Name]
		if given {
			known++
		} else if !m.Required || !w.travels(m) {
			continue
		}
		below := at.member(m.Name, m.Shape)
		before := len(b)
		b = appendName(b, start, m.Name)
		ok := false
		if given {
			from := len(b)
			if b, ok = w.value(b, m.Shape, value, below); !ok {
				b = b[:from]
			}
		}
		if !ok && m.Required {
			b, ok = w.made(b, m.Shape, below)
		}
		if !ok {
			b = b[:before]
		}
	}
	if s.Others != nil && known < len(v) {
		b = w.others(b, start, s, v, at)
	}
	return append(b, '}'), true
}

// others appends the members that the schema does not name, sorted.
func (w *writer) others(b []byte, start int, s *Shape, v map[string]any, at path) []byte {
	for _, name := range slices.Sorted(maps.Keys(v)) {
		if _, ok := s.Member(name); ok {
			continue
		}
		before := len(b)
		below := at.member(name, s.Others)
		out, ok := w.value(appendName(b, start, name), s.Others, v[name], below)
		if b = out; !ok {
			b = b[:before]
		}
	}
	return b
}
