package gradtest

import (
	"context"
	"io"
	"sync"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/engine"
)

// suite is one Run.
type suite struct {
	*session
	ctx      context.Context
	stop     context.CancelFunc
	selected []Endpoint // registered by the subtests before any of them parks for good
	full     bool

	once     sync.Once
	outcomes map[string]engine.Outcome
	counts   map[string]criteria.EndpointCount // after the sweep, by name; empty if the evidence cannot be read

	failing sync.Mutex
	failed  []string      // endpoints
	err     error         // why the sweep as a whole stopped
	limit   time.Duration // what -timeout leaves for the sweep; zero: it sets none
	group   io.Writer     // output of the group of endpoints
}
