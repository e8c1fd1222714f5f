package cli

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/discover"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestScanOfCallsThatAreGone(t *testing.T) {
	call := func(line int, op rcapi.Operation) discover.Call {
		return discover.Call{Place: discover.Place{File: "main.go", Line: line, Reach: discover.Production}, Operation: op}
	}
	end, _ := rcapi.Lookup("endMeeting")
	r := discover.Result{Calls: []discover.Call{
		call(1, rcapi.ReadExtension), call(2, rcapi.ListGlipChats), call(3, end),
		call(4, rcapi.MustParse("GET /own")),
	}}
	var b strings.Builder
	require.NoError(t, scanText(&b, r))
	assert.Contains(t, b.String(), "\nNo longer on the platform:\n"+
		"  main.go:2: listGlipChats, last in the edition of 2021-03: use listGlipChatsNew\n"+
		"  main.go:3: endMeeting, last in the edition of 2024-03-05: nothing replaces it\n\n")
	assert.Empty(t, goneText(r.Calls[:1]))

	b.Reset()
	require.NoError(t, scanJSON(&b, r))
	assert.Equal(t, 1, strings.Count(b.String(), `"replacement":"listGlipChatsNew"`))
	assert.Equal(t, 1, strings.Count(b.String(), `"replacement"`))
}
