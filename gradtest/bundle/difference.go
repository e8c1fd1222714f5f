package bundle

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
	"github.com/graduationkit/ringcentral/gradtest/report"
)

// Difference is one point in which a bundle is not what its records, or its manifest, make of it.
type Difference struct {
	File       string `json:"file,omitempty"`       // member of the archive; absent: the archive itself
	Rule       string `json:"rule,omitempty"`       // the rule of the verdict that it is about
	Member     string `json:"member,omitempty"`     // of the JSON document, such as rules[2].got
	Bundled    string `json:"bundled,omitempty"`    // value in the bundle
	Recomputed string `json:"recomputed,omitempty"` // value when judged anew
	Reason     string `json:"reason,omitempty"`     // of a difference that is not between two values
	wording    bool
}

// String is the difference in a sentence, without a period.
func (d Difference) String() string {
	where := d.File
	if d.Rule != "" {
		where += ": rule " + d.Rule
	}
	if d.Reason != "" {
		return strings.TrimSpace(where + " " + d.Reason)
	}
	return fmt.Sprintf("%s: %s is %s in the bundle, and %s when judged again", where, d.Member, d.Bundled, d.Recomputed)
}

// maxDifferences bounds the differences of a result.
const maxDifferences = 100

// wordings are the members of a report whose text may change between versions.
var wordings = []string{"got", "need", "fix", "note", "notes", "text", "what", "condition"}

// compareDocuments compares two values of the same type, member by member in the order of their declaration.
func compareDocuments(file string, bundled, recomputed any) []Difference {
	c := comparison{file: file}
	c.compare("", reflect.ValueOf(bundled), reflect.ValueOf(recomputed), false)
	return c.found
}

type comparison struct {
	file  string
	found []Difference
}

func (c *comparison) compare(path string, a, b reflect.Value, wording bool) {
	if t, ok := a.Interface().(time.Time); ok {
		if u := b.Interface().(time.Time); !t.Equal(u) {
			c.add(path, instant(t), instant(u), false)
		}
		return
	}
	switch a.Kind() {
	case reflect.Pointer:
		switch {
		case a.IsNil() && b.IsNil():
		case a.IsNil() || b.IsNil():
			c.add(path, present(a), present(b), false)
		default:
			c.compare(path, a.Elem(), b.Elem(), wording)
		}
	case reflect.Struct:
		for i := range a.NumField() {
			f := a.Type().Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if name == "-" || !f.IsExported() {
				continue
			}
			member := path
			if !f.Anonymous || name != "" {
				member = strings.TrimPrefix(path+"."+cmp.Or(name, f.Name), ".")
			}
			c.compare(member, a.Field(i), b.Field(i), wording || slices.Contains(wordings, name))
		}
	case reflect.Slice:
		for i := range min(a.Len(), b.Len()) {
			c.compare(fmt.Sprintf("%s[%d]", path, i), a.Index(i), b.Index(i), wording)
		}
		if a.Len() != b.Len() {
			c.add(path, elements(a), elements(b), wording)
		}
	default:
		if !reflect.DeepEqual(a.Interface(), b.Interface()) {
			c.add(path, literal(a), literal(b), wording)
		}
	}
}

func (c *comparison) add(member, bundled, recomputed string, wording bool) {
	c.found = append(
		c.found,
		Difference{File: c.file, Member: member, Bundled: bundled, Recomputed: recomputed, wording: wording},
	)
}

func instant(t time.Time) string {
	if t.IsZero() {
		return "absent"
	}
	return t.UTC().Format(time.RFC3339Nano)
}

func present(v reflect.Value) string {
	if v.IsNil() {
		return "absent"
	}
	return "there"
}

func elements(v reflect.Value) string {
	if v.Len() == 1 {
		return "a list of 1"
	}
	return fmt.Sprintf("a list of %d", v.Len())
}

func literal(v reflect.Value) string {
	if v.Kind() == reflect.String {
		return fmt.Sprintf("%q", safetext.Clean(v.String()))
	}
	return fmt.Sprint(v.Interface())
}

// compareVerdicts compares two reports. The rules come first, since all else follows from what they count.
func compareVerdicts(bundled, recomputed report.Document) []Difference {
	found := compareDocuments(verdictName, bundled, recomputed)
	rule := func(d Difference) bool { return strings.HasPrefix(d.Member, "rules") }
	for i := range found {
		var n int
		if _, err := fmt.Sscanf(found[i].Member, "rules[%d]", &n); err == nil {
			if n < len(recomputed.Rules) {
				found[i].Rule = recomputed.Rules[n].Rule
			}
		}
	}
	slices.SortStableFunc(found, func(a, b Difference) int { return order(rule(a)) - order(rule(b)) })
	return found
}

// order sorts what is true first.
func order(first bool) int {
	if first {
		return 0
	}
	return 1
}
