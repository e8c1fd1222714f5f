package wire

import (
	"sync"
	"time"
)

// Pending is an answer that has not arrived completely.
type Pending struct {
	Op    string    // operation id, or method and path template
	Since time.Time // when the request was sent
	Body  bool      // the headers have arrived, the body has not
	Until time.Time // when it is given up at the latest; zero: that depends on how fast the body arrives
}

// noticed is how long an answer must be awaited before Config.Pending is called.
const noticed = 5 * time.Second

// notice calls Config.Pending once for the headers of an attempt's answer and once for its body. A nil notice does
// nothing.
type notice struct {
	call func(Pending)
	what Pending
	once sync.Once
}

// newNotice returns the notice of an answer; nil if the config asks for none.
func newNotice(call func(Pending), what Pending) *notice {
	if call == nil {
		return nil
	}
	return &notice{call: call, what: what}
}

// after starts the timer of a wait that continues one of spent. Stop it when the wait is over.
func (n *notice) after(spent time.Duration) *time.Timer {
	if n == nil {
		return stopped
	}
	return time.AfterFunc(max(0, noticed-spent), func() { n.once.Do(func() { n.call(n.what) }) })
}

// stopped is a timer that is over.
var stopped = func() *time.Timer { t := time.NewTimer(0); t.Stop(); return t }()
