package rctest

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// stateEndpoints read and change the clock and the limits, and reset the emulator.
func stateEndpoints() []endpoint {
	return []endpoint{
		{"GET", "/emulator/v1/time", "time of the emulator's clock", jsonEndpoint(getTime)},
		{
			"POST", "/emulator/v1/time", `changes the time: {"advance": "1h"} or {"set": "2026-01-31T23:59:00Z"}`,
			jsonEndpoint(postTime),
		},
		{"GET", "/emulator/v1/limits", "limits in force", jsonEndpoint(getLimits)},
		{
			"POST", "/emulator/v1/limits",
			`changes limits: {"limits": {"heavy": {"calls": 3, "window": "10s"}}}; 0 calls: unlimited`,
			jsonEndpoint(postLimits),
		},
		{
			"POST", "/emulator/v1/reset", "resets calls, faults, limits and the clock; keeps resources and tokens",
			jsonEndpoint(postReset),
		},
	}
}

func getTime(h *Handler, _ *http.Request, _ []byte) (any, error) {
	return map[string]any{"time": h.Now().UTC(), "offset": time.Duration(h.clock.offset.Load()).String()}, nil
}

func postTime(h *Handler, r *http.Request, body []byte) (any, error) {
	var asked struct {
		Advance *span      `json:"advance"`
		Set     *time.Time `json:"set"`
	}
	if err := strictJSON(body, &asked); err != nil {
		return nil, fmt.Errorf("time: %w", err)
	}
	var err error
	switch {
	case asked.Advance != nil && asked.Set == nil:
		err = h.advance(time.Duration(*asked.Advance))
	case asked.Set != nil && asked.Advance == nil:
		err = h.setTime(*asked.Set)
	default:
		err = errors.New(`time: give either "advance", a duration such as 1h, or "set", a time such as 2026-01-31T23:59:00Z`)
	}
	if err != nil {
		return nil, err
	}
	return getTime(h, r, nil)
}

// limitRow is a [Limit] in JSON. A missing member of a request keeps its value, except that a new window also sets the
// penalty unless that is given.
type limitRow struct {
	Calls   *int  `json:"calls,omitempty"`
	Window  *span `json:"window,omitempty"`
	Penalty *span `json:"penalty,omitempty"`
}

type limitDocument struct {
	Limits map[string]limitRow `json:"limits"`
}

func getLimits(h *Handler, _ *http.Request, _ []byte) (any, error) {
	doc := limitDocument{make(map[string]limitRow)}
	for name, l := range h.Limits() {
		row := limitRow{Calls: &l.Calls}
		if l.Window > 0 {
			row.Window, row.Penalty = new(span), new(span)
			*row.Window, *row.Penalty = span(l.Window), span(l.Penalty)
		}
		doc.Limits[strings.ToLower(string(name))] = row
	}
	return doc, nil
}

func postLimits(h *Handler, r *http.Request, body []byte) (any, error) {
	var doc limitDocument
	if err := strictJSON(body, &doc); err != nil {
		return nil, fmt.Errorf("limits: %w", err)
	}
	if len(doc.Limits) == 0 {
		return nil, errors.New(`limits: none given: use {"limits": {"heavy": {"calls": 3}}}`)
	}
	wanted := make(map[rcapi.Group]Limit)
	for _, name := range slices.Sorted(maps.Keys(doc.Limits)) {
		l := Limit{}
		if id := findLimit(rcapi.Group(name)); id != noLimit {
			l = h.limit(id)
		}
		wanted[rcapi.Group(name)] = doc.Limits[name].over(l)
	}
	if err := h.setLimits(wanted); err != nil {
		return nil, err
	}
	return getLimits(h, r, nil)
}

// over returns l with the members of the row replaced.
func (r limitRow) over(l Limit) Limit {
	if r.Calls != nil {
		l.Calls = *r.Calls
	}
	if r.Window != nil {
		l.Window, l.Penalty = time.Duration(*r.Window), 0
	}
	if r.Penalty != nil {
		l.Penalty = time.Duration(*r.Penalty)
	}
	return l
}

func postReset(h *Handler, _ *http.Request, _ []byte) (any, error) {
	h.Reset()
	return nil, nil
}

// span is a duration in JSON: written as Go text; a number of seconds is accepted too.
type span time.Duration

func (s span) MarshalText() ([]byte, error) { return []byte(time.Duration(s).String()), nil }

func (s *span) UnmarshalJSON(b []byte) error {
	d, err := parseDuration(strings.Trim(string(b), `"`))
	if err != nil {
		return fmt.Errorf("%s is not a duration: use one such as \"1.5s\", or a number of seconds", b)
	}
	*s = span(d)
	return nil
}
