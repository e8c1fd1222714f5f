package adopting

import (
	"context"
	"log"
	"testing"

	"github.com/stretchr/testify/require"

	crm "github.com/graduationkit/ringcentral/examples/unittests"
	"github.com/graduationkit/ringcentral/gradtest"
)

var shared *crm.Client // by all tests of the package

func TestMain(m *testing.M) {
	s, err := gradtest.Open(context.Background(), app)
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()
	shared = crm.New(s.Client(), s.URL())
	m.Run() // go test takes the exit status from it
}

func TestSharedClient(t *testing.T) { _, err := shared.Owner(t.Context()); require.NoError(t, err) }
