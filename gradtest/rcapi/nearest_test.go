package rcapi_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestNearest(t *testing.T) {
	for _, tt := range []struct{ id, want string }{
		{"ReadUserCallLog", "readUserCallLog"},
		{"rcapi.ReadUserCallLog", "readUserCallLog"},
		{"readUserCalLog", "readUserCallLog"},
		{"raedUserCallLog", "readUserCallLog"},
		{"listMesages", "listMessages"},
		{"getUserCallLog", "readUserCallLog"},
		{"getCompanyCallLog", "readCompanyCallLog"},
		{"sendSMS", "createSMSMessage"},
		{"createSMS", "createSMSMessage"},
		{"makeRingOut", "createRingOutCall"},
		{"createSubscriptions", "createSubscription"},
		{"getAccountPresence", "readAccountPresence"},
		{"readExt", "readExtension"},
	} {
		got := rcapi.Nearest(tt.id, 3)
		assert.Contains(t, got, tt.want, tt.id)
		assert.LessOrEqual(t, len(got), 3)
	}
	assert.Equal(t, "readUserCallLog", rcapi.Nearest("readUserCalLog", 5)[0], "the likeliest comes first")
	assert.Empty(t, rcapi.Nearest("qqqqqqqq", 3))
	assert.Empty(t, rcapi.Nearest("", 3))
	assert.Empty(t, rcapi.Nearest("readExtension", 0))
	assert.Empty(t, rcapi.Nearest(strings.Repeat("x", 1<<20), 3))
}

func FuzzNearest(f *testing.F) {
	f.Add("rcapi.ReadUserCalLog", 3)
	f.Add("SMS", 1)
	f.Fuzz(func(t *testing.T, id string, n int) {
		got := rcapi.Nearest(id, n)
		if len(got) > max(n, 0) {
			t.Fatalf("Nearest(%q, %d) = %q", id, n, got)
		}
		for _, g := range got {
			if _, ok := rcapi.Lookup(g); !ok {
				t.Fatalf("Nearest(%q, %d) has %q", id, n, g)
			}
		}
	})
}
