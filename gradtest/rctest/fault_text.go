package rctest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// field is one field of a [Fault] by the name that it has in text and JSON: that of Go with a small initial.
type field struct {
	name string
	at   any // pointer to it
}

func (f *Fault) fields() []field {
	return []field{
		{"operation", &f.Operation}, {"method", &f.Method}, {"path", &f.Path},
		{"status", &f.Status}, {"code", &f.Code}, {"message", &f.Message}, {"retryAfter", &f.RetryAfter},
		{"expire", &f.Expire}, {"revokeScope", &f.RevokeScope}, {"maintenance", &f.Maintenance},
		{"delay", &f.Delay}, {"jitter", &f.Jitter}, {"drop", &f.Drop}, {"truncate", &f.Truncate}, {"contentType", &f.ContentType},
		{"probability", &f.Probability}, {"seed", &f.Seed}, {"times", &f.Times}, {"after", &f.After},
	}
}

// short are names that people type.
var short = map[string]string{"op": "operation", "p": "probability", "retry": "retryAfter", "scope": "revokeScope", "type": "contentType"}

// field finds a field by name, letter case aside.
func (f *Fault) field(name string) (field, error) {
	if long, ok := short[name]; ok {
		name = long
	}
	all := f.fields()
	for _, one := range all {
		if strings.EqualFold(one.name, name) {
			return one, nil
		}
	}
	var names []string
	for _, one := range all {
		names = append(names, one.name)
	}
	return field{}, fmt.Errorf("rctest: fault: there is no %q: use %s", name, strings.Join(names, ", "))
}

// String writes the fault as ParseFault reads it, such as "operation=listMessages,status=503,times=3".
func (f Fault) String() string {
	var parts []string
	for _, one := range f.fields() {
		if !one.zero() {
			parts = append(parts, one.text())
		}
	}
	return strings.Join(parts, ",")
}

// zero reports whether the field is not set.
func (one field) zero() bool { return reflect.ValueOf(one.at).Elem().IsZero() }

// text is the field as name=value, or as its name alone.
func (one field) text() string {
	if _, ok := one.at.(*bool); ok {
		return one.name
	}
	value := fmt.Sprint(reflect.ValueOf(one.at).Elem())
	if strings.ContainsAny(value, `,"`) || strings.TrimSpace(value) != value {
		value = strconv.Quote(value)
	}
	return one.name + "=" + value
}

// ParseFault reads a fault from a line such as
//
//	operation=listMessages,status=503,probability=0.05,seed=1
//
// Names are those of the fields of [Fault] with a small initial; op, p, retry, scope and type are short for operation,
// probability, retryAfter, revokeScope and contentType. A name alone means true. Durations are written as in Go, or as
// seconds. A value that has commas stands in quotes as Go writes them. It fails for what cannot be read and for a fault
// that makes no sense.
func ParseFault(line string) (Fault, error) {
	var f Fault
	seen := make(map[string]bool)
	for rest := strings.TrimSpace(line); rest != ""; {
		name, value, more, err := cutSetting(rest)
		if err != nil {
			return Fault{}, err
		}
		rest = more
		one, err := f.field(name)
		if err != nil {
			return Fault{}, err
		}
		if seen[one.name] {
			return Fault{}, fmt.Errorf("rctest: fault: %s is given twice: give it once", one.name)
		}
		seen[one.name] = true
		if err := one.parse(value); err != nil {
			return Fault{}, err
		}
	}
	if err := f.check(); err != nil {
		return Fault{}, err
	}
	return f, nil
}

// cutSetting takes name=value, or a name alone, off the front.
func cutSetting(s string) (name, value, rest string, err error) {
	i := strings.IndexAny(s, ",=")
	switch {
	case i < 0:
		return strings.TrimSpace(s), "true", "", nil
	case s[i] == ',':
		return strings.TrimSpace(s[:i]), "true", s[i+1:], nil
	}
	name, s = strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+1:])
	if !strings.HasPrefix(s, `"`) {
		value, rest, _ = strings.Cut(s, ",")
		return name, strings.TrimSpace(value), rest, nil
	}
	quoted, err := strconv.QuotedPrefix(s)
	if err != nil {
		return "", "", "", fmt.Errorf("rctest: fault: %s: the quotes of %s are not closed", name, s)
	}
	value, _ = strconv.Unquote(quoted) // what QuotedPrefix takes is valid
	rest = strings.TrimSpace(s[len(quoted):])
	if rest != "" && rest[0] != ',' {
		return "", "", "", fmt.Errorf("rctest: fault: %s: after %s only a comma can follow", name, quoted)
	}
	return name, value, strings.TrimPrefix(rest, ","), nil
}

// parse sets the field from text.
func (one field) parse(value string) error {
	var err error
	want := ""
	switch v := one.at.(type) {
	case *string:
		*v = value
	case *rcapi.Scope:
		*v = rcapi.Scope(value)
	case *bool:
		*v, err = strconv.ParseBool(value)
		want = "true or false"
	case *int:
		*v, err = strconv.Atoi(value)
		want = "a whole number"
	case *uint64:
		*v, err = strconv.ParseUint(value, 10, 64)
		want = "a whole number that is not negative"
	case *float64:
		*v, err = strconv.ParseFloat(value, 64)
		want = "a number from 0 to 1"
	case *time.Duration:
		*v, err = parseDuration(value)
		want = "a duration such as 1.5s"
	}
	if err != nil {
		return fmt.Errorf("rctest: fault: %s is %q: use %s", one.name, value, want)
	}
	return nil
}

// parseDuration reads a duration as Go writes it, or a number of seconds.
func parseDuration(value string) (time.Duration, error) {
	if seconds, err := strconv.ParseFloat(value, 64); err == nil {
		const most = 100 * 365 * 24 * 3600
		if !(seconds >= -most && seconds <= most) {
			return 0, errors.New("out of range")
		}
		return time.Duration(seconds * float64(time.Second)), nil
	}
	return time.ParseDuration(value)
}

// MarshalJSON writes an object of what is set, by the names that ParseFault knows; durations are text.
func (f Fault) MarshalJSON() ([]byte, error) {
	m := make(map[string]any)
	for _, one := range f.fields() {
		if one.zero() {
			continue
		}
		m[one.name] = one.at
		if d, ok := one.at.(*time.Duration); ok {
			m[one.name] = d.String()
		}
	}
	return json.Marshal(m)
}

// UnmarshalJSON reads such an object and refuses names that it does not know. Durations may be numbers of seconds too. Whether
// the fault makes sense is for [Handler.Fail] to say.
func (f *Fault) UnmarshalJSON(b []byte) error {
	var m map[string]json.RawMessage
	if err := strictJSON(b, &m); err != nil {
		return fmt.Errorf("rctest: fault: it is no JSON object: %w", err)
	}
	var read Fault
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names) // one clear error, the same each time
	for _, name := range names {
		one, err := read.field(name)
		if err != nil {
			return err
		}
		if err := one.decode(m[name]); err != nil {
			return err
		}
	}
	*f = read
	return nil
}

// decode sets the field from JSON.
func (one field) decode(raw json.RawMessage) error {
	if d, ok := one.at.(*time.Duration); ok {
		var text string
		if json.Unmarshal(raw, &text) != nil {
			text = string(raw)
		}
		return field{one.name, d}.parse(text)
	}
	if err := json.Unmarshal(raw, one.at); err != nil {
		return fmt.Errorf("rctest: fault: %s cannot be %s", one.name, raw)
	}
	return nil
}

// strictJSON reads one JSON value and nothing behind it, into fields that it knows.
func strictJSON(b []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("there is more than one value")
	}
	return nil
}
