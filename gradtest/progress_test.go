package gradtest_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest"
)

func TestProgressInOneLine(t *testing.T) {
	groups := []gradtest.GroupProgress{
		{Group: "heavy", Calls: 12, Left: 130 * time.Second}, {Group: "light", Calls: 1}, {Group: "medium"},
	}
	for _, tt := range []struct {
		p    gradtest.Progress
		want string
	}{
		{gradtest.Progress{}, ""},
		{gradtest.Progress{Endpoint: "readExtension", Done: 3, Total: 40}, "3/40 calls done; readExtension"},
		{gradtest.Progress{Endpoint: "readExtension", Err: errors.New("503"), Done: 3, Total: 40}, "3/40 calls done; readExtension: 503"},
		{
			gradtest.Progress{Waiting: "waiting: heavy window full, next slot in 38 s", Done: 3, Total: 40, Left: 130 * time.Second, Groups: groups},
			"3/40 calls done; waiting: heavy window full, next slot in 38 s; 2m10s left: heavy 12 calls in 2m10s, light 1 call",
		},
		{gradtest.Progress{Waiting: "waiting: heavy window full, next slot in 38 s"}, "waiting: heavy window full, next slot in 38 s"},
		{gradtest.Progress{Groups: groups[1:]}, "left: light 1 call"},
		{gradtest.Progress{Groups: groups[2:]}, ""},
	} {
		assert.Equal(t, tt.want, tt.p.String())
	}
}
