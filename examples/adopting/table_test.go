package adopting

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	crm "github.com/graduationkit/ringcentral/examples/unittests"
	"github.com/graduationkit/ringcentral/gradtest"
)

func TestTable(t *testing.T) {
	s := gradtest.Start(t, app) // one session; it ends after the parallel subtests
	c := crm.New(s.Client(), s.URL())
	for name, call := range map[string]func(context.Context) error{
		"owner": func(ctx context.Context) error { _, err := c.Owner(ctx); return err },
		"calls": func(ctx context.Context) error { _, err := c.Calls(ctx); return err },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.NoError(t, call(t.Context()))
		})
	}
}
