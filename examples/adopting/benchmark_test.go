package adopting

import (
	"testing"

	crm "github.com/graduationkit/ringcentral/examples/unittests"
	"github.com/graduationkit/ringcentral/gradtest"
)

func BenchmarkOwner(b *testing.B) { // go test -bench Owner -benchtime 5x
	s := gradtest.Start(b, app)
	c := crm.New(s.Client(), s.URL())
	for b.Loop() {
		if _, err := c.Owner(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
