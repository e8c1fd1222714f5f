package rctest

import (
	"fmt"
	"strings"
	"time"
)

// Stage is how far an app has come, a step of the console's progress bar.
type Stage string

// The steps in their order. An app of the emulator has been created.
const (
	StageCreate     Stage = "Create App"
	StageDevelop    Stage = "Develop App"
	StageApply      Stage = "Apply for Production" // it may apply, or has applied and waits
	StageProduction Stage = "In Production"
)

var stages = []Stage{StageCreate, StageDevelop, StageApply, StageProduction}

// Console is what the Status & Review page of the developer console shows of the app, and beside it what is so by now.
// The page is at /emulator/console of the emulator and has all of it.
type Console struct {
	ClientID string
	At       time.Time // UTC

	Refreshed   time.Time // of the figures that the console shows; without delay the same as At
	NextRefresh time.Time // zero without delay, see [Config.AnalyticsDelay]

	Lagging Verdict // what the console shows: the calls before Refreshed, judged at Refreshed
	Current Verdict // the same as [Handler.Verdict]

	Stage       Stage
	Application *Application // nil until the app has applied
}

// MayApply reports whether the button is enabled: all rules hold in the figures that the console shows, and the app has
// not applied yet.
func (c Console) MayApply() bool { return c.Lagging.Ready && c.Application == nil }

// Console returns the console's view of the app. In production it stays there, whatever becomes of the figures.
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

// Apply presses the button "Apply for Production". The error is a [*Refusal] when the console's figures, which lag, are
// not green yet, or when the app has applied before.
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
	Missing     []string  // by the console's figures, a sentence each
	NextRefresh time.Time // of the figures; zero without delay
	Applied     time.Time // when the app applied before; zero: it has not
}

// Error implements error.
func (r *Refusal) Error() string { return "rctest: apply: " + r.reason() }

func (r *Refusal) reason() string {
	if !r.Applied.IsZero() {
		return fmt.Sprintf("the app applied at %s: an app applies once", stamp(r.Applied))
	}
	s := "by the console's figures the app is not ready: " + strings.Join(r.Missing, "; ")
	if !r.NextRefresh.IsZero() {
		s += fmt.Sprintf(": the figures are updated at %s", stamp(r.NextRefresh))
	}
	return s
}

// stamp is a time as the console writes it.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }
