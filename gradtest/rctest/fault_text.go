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
		{"delay", &f.Delay}, {"jitter", &f.Jitter}, {"drop", &f.Drop}, {"truncate", &f.Truncate},
		{"contentType", &f.ContentType},
		{"probability", &f.Probability}, {"seed", &f.Seed}, {"times", &f.Times}, {"after", &f.After},
	}
}

// short has abbreviations of field names.
var short = map[string]string{
	"op": "operation", "p": "probability", "retry": "retryAfter", "scope": "revokeScope", "type": "contentType",
}

// field finds a field by name, ignoring case.
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
	return field{}, fmt.Errorf("rctest: fault: unknown field %q: use one of %s", name, strings.Join(names, ", "))
}

// String returns the fault in the form that ParseFault reads, such as "operation=listMessages,status=503,times=3".
func (f Fault) String() string {
	var parts []string
	for _, one := range f.fields() {
		if !one.zero() {
			parts = append(parts, one.text())
		}
	}
	return strings.Join(parts, ",")
}

// zero reports whether the field is unset.
func (one field) zero() bool { return reflect.ValueOf(one.at).Elem().IsZero() }

// text returns the field as name=value, or as its name alone if it is a boolean.
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

// ParseFault parses a fault such as
//
//	operation=listMessages,status=503,probability=0.05,seed=1
//
// Names are those of the fields of [Fault] with a lower-case initial; op, p, retry, scope and type abbreviate
// operation, probability, retryAfter, revokeScope and contentType. A name without a value means true. Durations are Go
// durations or numbers of seconds. A value with commas is a quoted Go string. ParseFault returns an error for invalid
// syntax and for an invalid fault.
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
	f = f.named()
	if err := f.check(); err != nil {
		return Fault{}, err
	}
	return f, nil
}

// cutSetting splits the first name=value, or name alone, off s.
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
		return "", "", "", fmt.Errorf("rctest: fault: %s: the quotes of %s are not closed: add a quote", name, s)
	}
	value, _ = strconv.Unquote(quoted) // QuotedPrefix has checked it
	rest = strings.TrimSpace(s[len(quoted):])
	if rest != "" && rest[0] != ',' {
		return "", "", "", fmt.Errorf("rctest: fault: %s: text after %s: separate fields by a comma", name, quoted)
	}
	return name, value, strings.TrimPrefix(rest, ","), nil
}

// parse sets the field from its text form.
func (one field) parse(value string) error {
	var err error
	switch v := one.at.(type) {
	case *string:
		*v = value
	case *rcapi.Scope:
		*v = rcapi.Scope(value)
	case *bool:
		*v, err = strconv.ParseBool(value)
	case *int:
		*v, err = strconv.Atoi(value)
	case *uint64:
		*v, err = strconv.ParseUint(value, 10, 64)
	case *float64:
		*v, err = strconv.ParseFloat(value, 64)
	case *time.Duration:
		*v, err = parseDuration(value)
	}
	if err != nil {
		return fmt.Errorf("rctest: fault: %s is %q: use %s", one.name, value, one.expects())
	}
	return nil
}

// expects describes the values of the field, for error messages.
func (one field) expects() string {
	switch one.at.(type) {
	case *bool:
		return "true or false"
	case *int:
		return "a whole number"
	case *uint64:
		return "a whole number that is not negative"
	case *float64:
		return "a number from 0 to 1"
	case *time.Duration:
		return "a duration such as 1.5s"
	}
	return "a string"
}

// parseDuration parses a Go duration or a number of seconds.
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

// MarshalJSON writes an object of the fields that are set, with the long names of ParseFault; durations are text.
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

// UnmarshalJSON reads such an object and rejects unknown names. Durations may also be numbers of seconds. It does not
// check the fault; [Handler.Fail] does.
func (f *Fault) UnmarshalJSON(b []byte) error {
	var m map[string]json.RawMessage
	if err := strictJSON(b, &m); err != nil {
		return fmt.Errorf("rctest: fault: not a JSON object: %w", err)
	}
	var read Fault
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names) // so that of several mistakes always the same one is reported
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

// decode sets the field from its JSON form.
func (one field) decode(raw json.RawMessage) error {
	if d, ok := one.at.(*time.Duration); ok {
		var text string
		if json.Unmarshal(raw, &text) != nil {
			text = string(raw)
		}
		return field{one.name, d}.parse(text)
	}
	if err := json.Unmarshal(raw, one.at); err != nil {
		return fmt.Errorf("rctest: fault: %s cannot be %s: use %s", one.name, raw, one.expects())
	}
	return nil
}

// strictJSON decodes exactly one JSON value and rejects unknown members.
func strictJSON(b []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one JSON value: send one")
	}
	return nil
}
