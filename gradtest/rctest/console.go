package rctest

import (
	"fmt"
	"strings"
	"time"
)

// Stage is a step of the console's progress bar.
type Stage string

// The steps in order. An app of the emulator is past StageCreate.
const (
	StageCreate     Stage = "Create App"
	StageDevelop    Stage = "Develop App"
	StageApply      Stage = "Apply for Production" // it may apply, or has applied and is in review
	StageProduction Stage = "In Production"
)

var stages = []Stage{StageCreate, StageDevelop, StageApply, StageProduction}

// Console is the data of the page Status & Review of the developer console, alongside the current figures. The emulator
// serves the page at /emulator/console.
type Console struct {
	ClientID string
	At       time.Time // UTC

	Refreshed   time.Time // last update of the lagging figures; without delay the same as At
	NextRefresh time.Time // zero without delay, see [Config.AnalyticsDelay]

	Lagging Verdict // as the console shows it: on the calls before Refreshed, at Refreshed
	Current Verdict // the same as [Handler.Verdict]

	Stage       Stage
	Application *Application // nil until the app has applied
}

// MayApply reports whether the button is enabled: the lagging figures meet every requirement and the app has not
// applied yet.
func (c Console) MayApply() bool { return c.Lagging.Ready && c.Application == nil }

// Console returns the console's data on the app. Once in production, the app stays there even if the figures change.
func (h *Handler) Console() Console {
	now := h.clock.now().UTC()
	c := Console{ClientID: h.credentials.ClientID, At: now, Application: h.review.application(now), Stage: StageDevelop}
	c.Refreshed, c.NextRefresh = refreshed(now, h.delay)
	c.Lagging = h.published(c.Refreshed)
	c.Current = h.evidence.verdictAt(now, now, h.declared)
	switch {
	case c.Application != nil && c.Application.Approved:
		c.Stage = StageProduction
	case c.Application != nil || c.Lagging.Ready:
		c.Stage = StageApply
	}
	return c
}

// Apply presses the button "Apply for Production". The error is a [*Refusal] if the lagging figures do not meet every
// requirement yet, or if the app has applied before.
func (h *Handler) Apply() (Application, error) {
	c := h.Console()
	if c.Application == nil && !c.Lagging.Ready {
		return Application{}, &Refusal{Missing: c.Lagging.Open, NextRefresh: c.NextRefresh}
	}
	a, first := h.review.apply(c.At)
	if !first {
		return a, &Refusal{Applied: a.Applied}
	}
	return a, nil
}

// Refusal says why an app may not apply.
type Refusal struct {
	Missing     []string  // by the lagging figures, one sentence each
	NextRefresh time.Time // of the figures; zero without delay
	Applied     time.Time // when the app applied; zero: it has not
}

// Error implements error.
func (r *Refusal) Error() string { return "rctest: apply: " + r.reason() }

func (r *Refusal) reason() string {
	if !r.Applied.IsZero() {
		return fmt.Sprintf("the app already applied at %s: wait for the review", stamp(r.Applied))
	}
	s := "the app is not ready by the console's figures: " + strings.Join(r.Missing, "; ")
	if !r.NextRefresh.IsZero() {
		s += fmt.Sprintf(": try again after the next update at %s", stamp(r.NextRefresh))
	}
	return s
}

// stamp formats a time for the console, in the format of reports and the command.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }
