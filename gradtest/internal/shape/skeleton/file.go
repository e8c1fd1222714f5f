package skeleton

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"strconv"
	"strings"
)

// File is a decoded data file.
type File struct {
	Rows       []Row // number 1 has index 0
	IDs        []string
	Operations map[string]Operation
}

// Marshal writes the file: schemas by number, then operations in the order of IDs.
func (f *File) Marshal() ([]byte, error) {
	var b bytes.Buffer
	put := func(name string, v any) error {
		b.WriteString(name)
		b.WriteByte(' ')
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		return enc.Encode(v)
	}
	for i, r := range f.Rows {
		if err := put(strconv.Itoa(i+1), r); err != nil {
			return nil, fmt.Errorf("skeleton: schema %d: %w", i+1, err)
		}
	}
	for _, id := range f.IDs {
		if err := put(id, f.Operations[id]); err != nil {
			return nil, fmt.Errorf("skeleton: operation %s: %w", id, err)
		}
	}
	return b.Bytes(), nil
}

// Lines yields the name and the JSON of each line of a data file.
func Lines(data string) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for line := range strings.Lines(data) {
			name, body, ok := strings.Cut(line, " ")
			if ok && !yield(name, body) {
				return
			}
		}
	}
}

// Unmarshal decodes a data file.
func Unmarshal(data string) (*File, error) {
	f := &File{Operations: make(map[string]Operation)}
	for name, body := range Lines(data) {
		if name[0] >= '0' && name[0] <= '9' {
			var r Row
			if err := json.Unmarshal([]byte(body), &r); err != nil {
				return nil, fmt.Errorf("skeleton: schema %s: %w", name, err)
			}
			f.Rows = append(f.Rows, r)
			continue
		}
		var op Operation
		if err := json.Unmarshal([]byte(body), &op); err != nil {
			return nil, fmt.Errorf("skeleton: operation %s: %w", name, err)
		}
		f.IDs = append(f.IDs, name)
		f.Operations[name] = op
	}
	return f, nil
}
