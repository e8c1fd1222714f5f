package rctest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/domains"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// World has the resources that the emulator starts with. The zero value is a small company: a few extensions with
// numbers, devices, contacts, messages and calls.
//
// Steps are calls made before the emulator serves. They follow the same rules as other calls, but use no quota and are
// not recorded. A step can name the resource that it creates (As), and later steps refer to its id as {name}.
type World struct {
	Bare  bool   `json:"bare,omitempty"` // only the account, its users and their numbers
	Steps []Step `json:"steps,omitempty"`
}

// Step is a call that creates a part of the starting world.
type Step struct {
	Op     string            `json:"op"`               // operation id, such as createContact
	User   string            `json:"user,omitempty"`   // extension id of the caller; empty: the first user
	Params map[string]string `json:"params,omitempty"` // of the path; accountId and extensionId default to the user's
	Query  url.Values        `json:"query,omitempty"`
	Body   any               `json:"body,omitempty"` // any value that encoding/json can marshal
	As     string            `json:"as,omitempty"`   // name for the id of the created resource
	Ago    Ago               `json:"ago,omitempty"`  // how long before the start the call is dated
}

// Ago is a duration, written as text in JSON, such as "36h".
type Ago time.Duration

// MarshalText writes the duration as time.Duration.String does.
func (a Ago) MarshalText() ([]byte, error) { return []byte(time.Duration(a).String()), nil }

// UnmarshalText parses a duration that is not negative.
func (a *Ago) UnmarshalText(text []byte) error {
	d, err := time.ParseDuration(string(text))
	if err != nil || d < 0 {
		return fmt.Errorf("ago is %q: write a duration such as \"90m\" or \"36h\"", text)
	}
	*a = Ago(d)
	return nil
}

// ReadWorld reads a World from JSON. Its members have the names of the field tags. Unknown members and text after the
// object are errors.
func ReadWorld(r io.Reader) (World, error) {
	var w World
	d := json.NewDecoder(r)
	d.DisallowUnknownFields()
	if err := d.Decode(&w); err != nil {
		return World{}, fmt.Errorf("rctest: world: %w: write an object such as "+
			`{"steps":[{"op":"createContact","body":{"firstName":"A"}}]}`, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return World{}, errors.New("rctest: world: text after the object: write only one object")
	}
	return w, nil
}

// build runs the steps. It stops at the first that fails, since later ones may refer to its result.
func (h *Handler) build(w World, now time.Time) error {
	names := make(map[string]string)
	for i, s := range w.Steps {
		if err := h.step(s, now, names); err != nil {
			return fmt.Errorf("rctest: world: step %d (%s): %w", i+1, s.Op, err)
		}
	}
	return nil
}

func (h *Handler) step(s Step, now time.Time, names map[string]string) error {
	op, ok := rcapi.Lookup(s.Op)
	if !ok || domains.Plans().Of(op.ID) == nil {
		return errors.New("the catalogue has no such operation: use an operation id such as createContact, see gradtest ops")
	}
	user := s.User
	if user == "" {
		user = h.credentials.ExtensionID
	}
	params := map[string]string{"accountId": h.credentials.AccountID, "extensionId": user}
	for name, value := range s.Params {
		params[name] = named(value, names).(string)
	}
	q := &world.Request{
		Body: named(s.Body, names), Query: s.Query, Base: "http://emulator.invalid",
		At: now.Add(-time.Duration(s.Ago)), User: user,
		Grants: func(rcapi.Scope) bool { return true },
	}
	var path strings.Builder
	for segment := range strings.SplitSeq(op.Path[1:], "/") {
		if name, ok := strings.CutPrefix(segment, "{"); ok {
			name = strings.TrimSuffix(name, "}")
			if params[name] == "" {
				return fmt.Errorf("the path needs %s: add it to params", name)
			}
			q.Params = append(q.Params, world.Param{Name: name, Value: params[name]})
			segment = url.PathEscape(params[name])
		}
		path.WriteString("/" + segment)
	}
	q.Path = path.String()
	reply, p := h.world.Serve(domains.Plans().Of(op.ID), q)
	if p != nil {
		return fmt.Errorf("%d %s (%s): fix the step", p.Status, p.Errors[0].Code, p.Errors[0].Message)
	}
	if s.As != "" {
		var made struct {
			ID any `json:"id"`
		}
		if json.Unmarshal(reply.Body, &made) != nil || made.ID == nil {
			return fmt.Errorf("the response has no id to name %q: leave out as", s.As)
		}
		id, _ := json.Marshal(made.ID)
		names[s.As] = strings.Trim(string(id), `"`)
	}
	return nil
}

// named returns a copy of a value with {name} replaced in all strings. Go numbers and structs become those of JSON.
func named(v any, names map[string]string) any {
	switch v := v.(type) {
	case string:
		for _, name := range slices.Sorted(maps.Keys(names)) {
			v = strings.ReplaceAll(v, "{"+name+"}", names[name])
		}
		return v
	case nil, bool, float64:
		return v
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = named(v[i], names)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for name, in := range v {
			out[name] = named(in, names)
		}
		return out
	}
	text, err := json.Marshal(v)
	var plain any
	if err != nil || json.Unmarshal(text, &plain) != nil {
		return nil
	}
	return named(plain, names)
}
