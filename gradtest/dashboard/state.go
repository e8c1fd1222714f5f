package dashboard

import (
	"bytes"
	"encoding/json"
	"sync"
	"sync/atomic"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/report"
)

// state is a snapshot with what was made of it. Each form is made once, when a reader first asks for it.
type state struct {
	snapshot
	spent atomic.Int64 // nanoseconds

	progressOnce, pageOnce, reportOnce, eventOnce sync.Once

	progressed Progress
	rendered   []byte
	failed     error
	document   []byte
	message    []byte
}

// cost is the time that was spent on the forms.
func (s *state) cost() time.Duration { return time.Duration(s.spent.Load()) }

// timed makes a form once.
func (s *state) timed(once *sync.Once, do func()) {
	once.Do(func() {
		begin := time.Now()
		do()
		s.spent.Add(int64(time.Since(begin)))
	})
}

func (s *state) Progress() Progress {
	s.timed(&s.progressOnce, func() { s.progressed = s.progress() })
	return s.progressed
}

// Page is the page.
func (s *state) Page() ([]byte, error) {
	p := s.Progress()
	s.timed(&s.pageOnce, func() { s.rendered, s.failed = s.page(p) })
	return s.rendered, s.failed
}

// Report is the report as JSON.
func (s *state) Report() []byte {
	s.timed(&s.reportOnce, func() {
		var b bytes.Buffer
		v, o := s.report()
		_ = report.JSON(&b, v, o) // plain data into a buffer cannot fail
		s.document = b.Bytes()
	})
	return s.document
}

// Event is the data of the event that announces the state.
func (s *state) Event() []byte {
	p := s.Progress()
	s.timed(&s.eventOnce, func() {
		s.message, _ = json.Marshal(struct {
			Version  string   `json:"version"`
			HTML     string   `json:"html"`
			Progress Progress `json:"progress"`
		}{s.version, live(p), p})
	})
	return s.message
}
