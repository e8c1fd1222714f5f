package replay

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/replay/internal/scrub"
)

// fields are the values of a request, sorted by where they are.
type fields []scrub.Field

// fieldsOf returns the fields of a request.
func fieldsOf(rules scrub.Rules, q scrub.Request) fields {
	f := fields{{Where: "method", Parts: []scrub.Part{{Text: q.Method}}}}
	rules.Request(q, func(one scrub.Field) string {
		f = append(f, one)
		return scrub.Plain(one.Parts)
	})
	slices.SortStableFunc(f, func(a, b scrub.Field) int { return strings.Compare(a.Where, b.Where) })
	return f
}

// bindings are values that the test brought along, with the replacements that the cassette has for them.
type bindings struct {
	fake  map[string]string // of a value
	value map[string]string // of a replacement
}

func newBindings() *bindings { return &bindings{make(map[string]string), make(map[string]string)} }

// with returns bindings that also hold others.
func (b *bindings) add(other *bindings) {
	maps.Copy(b.fake, other.fake)
	maps.Copy(b.value, other.value)
}

// all is the number of differences that an error looks at.
const all = 1000

// matcher compares requests with recorded ones.
type matcher struct {
	supplied map[string]bool // replacements of values that the test brought along
	known    map[string]bool // all replacements of the cassette
	bound    *bindings       // by the requests so far
	rebind   bool            // a value may take the place of an earlier one
}

// difference is a field in which two requests differ. One of the fields is nil if only the other has it.
type difference struct {
	recorded, sent *scrub.Field
	fromResponse   bool // an earlier response had the value that was recorded
}

func (d difference) where() string {
	if d.recorded != nil {
		return d.recorded.Where
	}
	return d.sent.Where
}

// compare returns how a request differs from a recorded one, and what it binds. It ends after most differences.
func (m *matcher) compare(recorded, sent fields, most int) (diffs []difference, binds *bindings) {
	binds = newBindings()
	for (len(recorded) > 0 || len(sent) > 0) && len(diffs) < most {
		switch {
		case len(sent) == 0 || len(recorded) > 0 && recorded[0].Where < sent[0].Where:
			diffs = append(diffs, difference{recorded: &recorded[0]})
			recorded = recorded[1:]
		case len(recorded) == 0 || sent[0].Where < recorded[0].Where:
			diffs = append(diffs, difference{sent: &sent[0]})
			sent = sent[1:]
		default:
			if same, fromResponse := m.field(recorded[0], sent[0], binds); !same {
				diffs = append(diffs, difference{&recorded[0], &sent[0], fromResponse})
			}
			recorded, sent = recorded[1:], sent[1:]
		}
	}
	return diffs, binds
}

func (m *matcher) field(recorded, sent scrub.Field, binds *bindings) (same, fromResponse bool) {
	if len(recorded.Parts) != len(sent.Parts) {
		return scrub.Plain(recorded.Parts) == scrub.Plain(sent.Parts), false
	}
	same = true
	for i, r := range recorded.Parts {
		s := sent.Parts[i]
		switch {
		case r.Kind == scrub.Time && s.Kind == scrub.Time:
		case !r.Replaced() || !s.Replaced():
			same = same && (r.Text == s.Text || recorded.Number && sent.Number && equalNumbers(r.Text, s.Text))
		case !m.part(r, s, binds):
			same = false
			fromResponse = fromResponse || !m.free(r, s) && !m.known[s.Text]
		}
	}
	return same, fromResponse
}

// part compares a value with a replacement.
func (m *matcher) part(recorded, sent scrub.Part, binds *bindings) bool {
	fake, value := recorded.Text, sent.Text
	if fake == value {
		return true
	}
	if !m.free(recorded, sent) || m.known[value] {
		return false
	}
	for _, b := range []*bindings{m.bound, binds} {
		if m.rebind && b == m.bound {
			continue
		}
		if f, ok := b.fake[value]; ok && f != fake {
			return false
		}
		if v, ok := b.value[fake]; ok && v != value {
			return false
		}
	}
	binds.fake[value], binds.value[fake] = fake, value
	return true
}

// free reports whether a request may have another value than the recorded one. Ids and tokens from responses are what a
// test must get right; phone numbers, addresses and names are often in the test's own settings.
func (m *matcher) free(recorded, sent scrub.Part) bool {
	switch {
	case m.supplied[recorded.Text]: // also a text instead of an id: there, the kind only follows from how the value looks
		return true
	case recorded.Kind == scrub.ID, recorded.Kind == scrub.Token:
		return false
	}
	return recorded.Kind == sent.Kind
}

func equalNumbers(a, b string) bool {
	x, errA := strconv.ParseFloat(a, 64)
	y, errB := strconv.ParseFloat(b, 64)
	return errA == nil && errB == nil && x == y
}
