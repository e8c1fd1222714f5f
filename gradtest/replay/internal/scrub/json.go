package scrub

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Field is one value of a request or response: of a parameter, a header or a member of the body.
type Field struct {
	Where  string // such as "query perPage" or "body from.phoneNumber"
	Parts  []Part
	Number bool // in JSON
}

// Visit receives each field and returns the text that replaces it.
type Visit func(Field) string

// json visits the values of a JSON text and returns it with what visit returns, compact, with its members in their
// order. It returns an error if the text is not JSON.
func (r Rules) json(where string, text []byte, visit Visit) ([]byte, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	w := writer{Rules: r, d: d, visit: visit}
	if err := w.value(where, ""); err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one JSON value")
	}
	return w.out.Bytes(), nil
}

// writer copies a JSON text.
type writer struct {
	Rules
	d     *json.Decoder
	visit Visit
	out   bytes.Buffer
	depth int
}

// deepest bounds the recursion.
const deepest = 1000

func (w *writer) value(where, key string) error {
	t, err := w.d.Token()
	if err != nil {
		return err
	}
	if w.depth++; w.depth > deepest {
		return errors.New("too deep")
	}
	defer func() { w.depth-- }()
	switch v := t.(type) {
	case json.Delim:
		if v == '[' {
			return w.list(where, key)
		}
		return w.object(where)
	case string:
		w.text(w.visit(Field{Where: where, Parts: w.Value(key, v)}))
	case json.Number:
		w.out.WriteString(w.visit(Field{Where: where, Parts: w.Number(key, v.String()), Number: true}))
	case nil:
		w.out.WriteString(w.visit(Field{Where: where, Parts: keep("null"), Number: true}))
	default:
		w.out.WriteString(w.visit(Field{Where: where, Parts: keep(fmt.Sprint(v)), Number: true}))
	}
	return nil
}

// list copies an array. Its elements have the name of its member.
func (w *writer) list(where, key string) error {
	w.out.WriteByte('[')
	n := 0
	for ; w.d.More(); n++ {
		if n > 0 {
			w.out.WriteByte(',')
		}
		if err := w.value(fmt.Sprintf("%s[%d]", where, n), key); err != nil {
			return err
		}
	}
	if n == 0 {
		w.visit(Field{Where: where, Parts: keep("[]")})
	}
	w.out.WriteByte(']')
	_, err := w.d.Token()
	return err
}

func (w *writer) object(where string) error {
	w.out.WriteByte('{')
	n := 0
	for ; w.d.More(); n++ {
		if n > 0 {
			w.out.WriteByte(',')
		}
		t, err := w.d.Token()
		if err != nil {
			return err
		}
		name, _ := t.(string)
		shown := name
		if !IsKey(name) { // such as an id or an address
			shown = "{}"
			w.text(w.visit(Field{Where: where + ".{}", Parts: w.key(name)}))
		} else {
			w.text(name)
		}
		w.out.WriteByte(':')
		if err := w.value(where+"."+shown, name); err != nil {
			return err
		}
	}
	if n == 0 {
		w.visit(Field{Where: where, Parts: keep("{}")})
	}
	w.out.WriteByte('}')
	_, err := w.d.Token()
	return err
}

func (w *writer) text(s string) {
	e := json.NewEncoder(&w.out)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string
	w.out.Truncate(w.out.Len() - 1)
}

// key returns the parts of a name that is a value.
func (r Rules) key(name string) []Part {
	parts := r.Value("", name)
	if name == "" || len(parts) == 1 && parts[0].Kind == Keep && len(name) <= 64 {
		return keep(name)
	}
	return parts
}
