package suitegen

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// width is the longest line that a literal is written in; it leaves room for indentation.
const width = 100

// node is a value of a JSON text.
type node struct {
	open, close string // of a composite
	names       []string
	items       []node
	leaf        string // Go expression
}

// literalOf returns JSON as a Go expression, with the members in the same order. Strings may have tokens.
func (w *writer) literalOf(text string) string {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	n, err := w.parse(d)
	if err != nil {
		panic(fmt.Sprintf("suitegen: bad JSON in a table: %v: %s", err, text))
	}
	return n.String(0)
}

func (w *writer) parse(d *json.Decoder) (n node, err error) {
	t, err := d.Token()
	if err != nil {
		return n, err
	}
	switch t := t.(type) {
	case string:
		return node{leaf: w.expression(t)}, nil
	case json.Number:
		return node{leaf: t.String()}, nil
	case bool:
		return node{leaf: strconv.FormatBool(t)}, nil
	case json.Delim:
		n = node{open: "[]any{", close: "}"}
		if t == '{' {
			n.open = "map[string]any{"
		}
		for d.More() {
			if t == '{' {
				name, err := d.Token()
				if err != nil {
					return n, err
				}
				n.names = append(n.names, name.(string))
			}
			item, err := w.parse(d)
			if err != nil {
				return n, err
			}
			n.items = append(n.items, item)
		}
		_, err = d.Token()
		return n, err
	}
	return node{leaf: "nil"}, nil
}

// String writes n in one line if it is short enough, else with one item a line. depth is the indentation so far.
func (n node) String(depth int) string {
	if n.open == "" {
		return n.leaf
	}
	one := n.join(", ", func(i int) string { return n.items[i].String(0) })
	if len(one)+4*depth <= width && !strings.Contains(one, "\n") {
		return n.open + one + n.close
	}
	return n.open + "\n" + n.join(",\n", func(i int) string { return n.items[i].String(depth + 1) }) + ",\n" + n.close
}

func (n node) join(sep string, text func(int) string) string {
	parts := make([]string, len(n.items))
	for i := range n.items {
		if parts[i] = text(i); n.names != nil {
			parts[i] = strconv.Quote(n.names[i]) + ": " + parts[i]
		}
	}
	return strings.Join(parts, sep)
}
