package broken

import (
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
)

func TestGraduation(t *testing.T) { gradtest.Run(t, undefined) }
