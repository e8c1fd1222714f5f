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
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// World is what the emulator holds when it starts. The zero value is a small company: a few extensions with numbers,
// devices, contacts, messages and calls.
//
// Steps are calls made before anybody else's, held to the same rules, outside the limits and the counts. What a step
// makes can be named, and spoken of by later steps as {name}.
type World struct {
	Bare  bool   `json:"bare,omitempty"` // nothing but the account, its users and their numbers
	Steps []Step `json:"steps,omitempty"`
}

// Step is one call that makes the starting world.
type Step struct {
	Op     string            `json:"op"`               // operation id, such as createContact
	User   string            `json:"user,omitempty"`   // extension id of who makes the call; empty: the first user
	Params map[string]string `json:"params,omitempty"` // of the path; accountId and extensionId are those of the user when absent
	Query  url.Values        `json:"query,omitempty"`
	Body   any               `json:"body,omitempty"` // of what encoding/json makes
	As     string            `json:"as,omitempty"`   // name of the id of what is made
	Ago    Ago               `json:"ago,omitempty"`  // how long before the start it happened
}

// Ago is a duration that JSON has as text, such as "36h".
type Ago time.Duration

// MarshalText writes the duration as Go does.
func (a Ago) MarshalText() ([]byte, error) { return []byte(time.Duration(a).String()), nil }

// UnmarshalText reads a duration that is not negative.
func (a *Ago) UnmarshalText(text []byte) error {
	d, err := time.ParseDuration(string(text))
	if err != nil || d < 0 {
		return fmt.Errorf("ago is %q: write a duration such as \"90m\" or \"36h\"", text)
	}
	*a = Ago(d)
	return nil
}

// ReadWorld reads a World from JSON, in which the members are called as the field tags say. A member that it does not
// know is a fault, and so is anything after the object.
func ReadWorld(r io.Reader) (World, error) {
	var w World
	d := json.NewDecoder(r)
	d.DisallowUnknownFields()
	if err := d.Decode(&w); err != nil {
		return World{}, fmt.Errorf("rctest: world: %w: write an object such as {\"steps\":[{\"op\":\"createContact\",\"body\":{\"firstName\":\"A\"}}]}", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return World{}, errors.New("rctest: world: there is something after the object: keep one object in a file")
	}
	return w, nil
}

// build carries the steps out. It stops at the first that is refused, since later ones may speak of what it makes.
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
	if !ok || world.PlanOf(op.ID) == nil {
		return errors.New("the catalogue has no such operation: use an operation id such as createContact; gradtest ops finds them")
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
		Body: named(s.Body, names), Query: s.Query, Base: "http://emulator.invalid", At: now.Add(-time.Duration(s.Ago)), User: user,
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
	reply, p := h.world.Serve(world.PlanOf(op.ID), q)
	if p != nil {
		return fmt.Errorf("%d %s (%s): mend the step", p.Status, p.Errors[0].Code, p.Errors[0].Message)
	}
	if s.As != "" {
		var made struct {
			ID any `json:"id"`
		}
		if json.Unmarshal(reply.Body, &made) != nil || made.ID == nil {
			return fmt.Errorf("the answer has no id that %q could stand for: leave out as", s.As)
		}
		id, _ := json.Marshal(made.ID)
		names[s.As] = strings.Trim(string(id), `"`)
	}
	return nil
}

// named is a value with {name} replaced in all its texts. Numbers and objects that Go code gives become those of JSON.
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
