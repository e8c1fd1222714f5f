package rctest

import (
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
)

// TestOptionalBodies calls every operation whose body the specification has as optional without one.
func TestOptionalBodies(t *testing.T) {
	seen := 0
	for _, op := range rest() {
		skeleton := shape.Of(op.ID)
		if len(skeleton.Request) == 0 || skeleton.RequestRequired {
			continue
		}
		seen++
		a := newApp(t, Config{Limits: Unlimited()})
		r := a.exampleIfAny(t, op)
		if r == nil {
			continue
		}
		r.Body, r.ContentLength = http.NoBody, 0
		r.GetBody = func() (io.ReadCloser, error) { return http.NoBody, nil }
		got := a.send(r)
		assert.Less(t, got.status, 400, "%s: %s", op.ID, got.body)
	}
	assert.Greater(t, seen, 5)
}
