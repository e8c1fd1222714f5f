package shape

import (
	"encoding/json"
	"strconv"
	"strings"
)

// Check checks the values of a parameter; no values mean that it is absent. It returns true and a mismatch if they do
// not fit. Times may lack their later parts. A perPage that is too large, or "max", is accepted, because the platform
// reduces it to the maximum.
func (p Parameter) Check(values []string) (Mismatch, bool) {
	if len(values) == 0 {
		return Mismatch{Path: p.Name, Missing: true, Want: p.Shape.describe()}, p.Required
	}
	if p.Shape.fitsText(values) || p.Name == "perPage" && allCapped(values) {
		return Mismatch{}, false
	}
	return Mismatch{Path: p.Name, Value: short(strings.Join(values, ",")), Want: p.Shape.items().describe()}, true
}

// allCapped reports whether the platform would reduce all values to the maximum.
func allCapped(values []string) bool {
	for _, v := range values {
		if n, err := strconv.Atoi(v); v != "max" && (err != nil || n < 1) {
			return false
		}
	}
	return true
}

// items returns the shape of one value of a parameter.
func (s *Shape) items() *Shape {
	if s != nil && s.Type == "array" && s.Items != nil {
		return s.Items
	}
	return s
}

// fitsText reports whether the values of a parameter fit. Lists are repeated parameters or joined by commas.
func (s *Shape) fitsText(values []string) bool {
	if s == nil {
		return true
	}
	for _, a := range s.Alternatives {
		if a.fitsText(values) {
			return true
		}
	}
	if len(s.Alternatives) > 0 {
		return false
	}
	if s.Type == "array" {
		n := 0
		for _, v := range values {
			for part := range strings.SplitSeq(v, ",") {
				n++
				if !s.Items.fitsText([]string{part}) {
					return false
				}
			}
		}
		return n >= s.MinItems && (s.MaxItems == 0 || n <= s.MaxItems)
	}
	for _, v := range values {
		if !s.fitsOne(v) {
			return false
		}
	}
	return true
}

func (s *Shape) fitsOne(v string) bool {
	switch s.Type {
	case "boolean":
		return v == "true" || v == "false"
	case "integer":
		n, err := strconv.ParseInt(v, 10, 64)
		return err == nil && s.fitsNumber(float64(n))
	case "number":
		n, err := strconv.ParseFloat(v, 64)
		return err == nil && s.fitsNumber(n)
	case "object":
		return json.Valid([]byte(v))
	}
	return s.fitsString(v) || s.partial(v)
}
