package rctest

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestAskedScopes(t *testing.T) {
	held := newGrant([]rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeSMS})
	for _, c := range []struct {
		wanted, granted string
		openID, refused bool
	}{
		{"", "ReadAccounts SMS", false, false},
		{" \t", "ReadAccounts SMS", false, false},
		{"SMS", "SMS", false, false},
		{"SMS SMS sms", "SMS", false, false},
		{"Video SMS", "SMS", false, false},
		{"ReadMessages", "ReadMessages", false, false}, // comes with SMS
		{"Video", "", false, true},
		{"openid", "ReadAccounts SMS", true, false},
		{"openid profile email phone address offline_access", "ReadAccounts SMS", true, false},
		{"profile SMS", "SMS", false, false},
		{"openid Video", "", true, true},
	} {
		got, openID, fault := held.narrow(c.wanted)
		assert.Equal(t, c.openID, openID, c.wanted)
		assert.Equal(t, c.refused, fault != nil, c.wanted)
		if !c.refused {
			assert.Equal(t, c.granted, got.text, c.wanted)
		}
	}
}
