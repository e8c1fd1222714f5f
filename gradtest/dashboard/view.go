package dashboard

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/judge"
	"github.com/graduationkit/ringcentral/gradtest/internal/planner"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/report"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// snapshot is the evidence at one moment. Its records are only read.
type snapshot struct {
	version  string
	at       time.Time
	all      []ledger.Record
	declared *ledger.Declaration // nil: nothing is declared
	policy   criteria.Policy
	note     string // about the policy; empty: none
	problem  string
	limits   func(group string) (window.Limit, bool)
	origin   string
}

// want is what the app has to show.
func (s *snapshot) want() criteria.Want {
	if s.declared == nil {
		return criteria.Observed(slices.Values(s.all), s.at)
	}
	return criteria.WantOf(*s.declared)
}

// plan plans what is left.
func (s *snapshot) plan() planner.Plan {
	want := s.want()
	return planner.New(planner.Input{
		Policy: s.policy, Scopes: want.Scopes, Endpoints: planner.Endpoints(want, s.declared), Records: unplanned(s.all, s.at), Limits: s.limits, Now: s.at,
	})
}

// unplanned returns the records without the slots that calls have booked for later: those calls are among the ones that
// are left, and would be planned twice.
func unplanned(all []ledger.Record, now time.Time) []ledger.Record {
	from := recentFrom(all, now.Add(-stale))
	later := func(r ledger.Record) bool { return r.Kind == ledger.Reserved && r.At.After(now) }
	if !slices.ContainsFunc(all[from:], later) {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), later)
}

// progress says what is left, and what is under way.
func (s *snapshot) progress() Progress {
	out := newProgress(s.plan(), activityIn(s.all, s.at), s.at)
	out.Problem = s.problem
	return out
}

// report judges the evidence.
func (s *snapshot) report() (criteria.Verdict, report.Options) {
	b := judge.Basis{Origin: s.origin, Policy: s.policy, Declaration: s.declared, At: s.at}
	if s.declared != nil {
		b.App = s.declared.App
	}
	v, o := b.Judge(slices.Values(s.all))
	if s.note != "" {
		o.Notes = append(o.Notes, s.note)
	}
	return v, o
}

var (
	//go:embed live.html.tmpl
	liveTemplate string
	//go:embed live.js
	liveScript string
	//go:embed live.css
	liveStyle string
)

// liveParsed is set on first use, as in package report.
var liveParsed struct {
	once sync.Once
	t    *template.Template
}

// live is the progress in the form in which the page shows it.
func live(p Progress) string {
	liveParsed.once.Do(func() {
		liveParsed.t = template.Must(
			template.New("live").Funcs(template.FuncMap{"span": span, "plural": plural}).Parse(liveTemplate),
		)
	})
	var b bytes.Buffer
	_ = liveParsed.t.Execute(&b, p) // a fixed template into a buffer cannot fail
	return b.String()
}

// span is a number of seconds in words.
func span(seconds float64) string {
	switch d := time.Duration(seconds * float64(time.Second)); {
	case d <= 0:
		return "at once"
	case d < time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()+0.999))
	default:
		return fmt.Sprintf("%d min", int(d.Minutes()+0.999))
	}
}

// page is the report with the progress on top and the script that follows.
func (s *snapshot) page(p Progress) ([]byte, error) {
	v, o := s.report()
	o.Calls = report.NewCalls(slices.Values(s.all))
	var b bytes.Buffer
	if err := report.HTML(&b, v, o); err != nil {
		return nil, err
	}
	html := b.String()
	for _, c := range []struct{ before, text string }{
		{"</head>", "<style>" + liveStyle + "</style>\n"},
		{"</body>", `<script src="/live.js"></script>` + "\n"},
	} {
		at := strings.LastIndex(html, c.before)
		if at < 0 {
			return nil, fmt.Errorf("dashboard: the page of package report has no %s", c.before)
		}
		html = html[:at] + c.text + html[at:]
	}
	const begin = "<main>\n"
	at := strings.Index(html, begin)
	if at < 0 {
		return nil, fmt.Errorf("dashboard: the page of package report has no %s", begin)
	}
	at += len(begin)
	section := fmt.Sprintf(`<section class="card live" aria-labelledby="live-title" data-version="%s">`+
		`<h2 id="live-title">Live</h2><p class="soft" id="live-state" role="status">State of the page's loading.</p>`+
		`<div id="live">%s</div></section>`+"\n", s.version, live(p))
	return []byte(html[:at] + section + html[at:]), nil
}
