package report

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestNextAct(t *testing.T) {
	of := func(s scene) []string { return NewDocument(s.verdict, s.options).next(s.options.Calls) }
	s := failing("inbox", "", "")
	assert.Equal(t, []string{"inbox was answered 403 CMN-401: the app lacks the app scope that the operation needs. " + s.options.Calls[4].Fix}, of(s),
		"more calls only add errors")

	s.options.Calls = append(s.options.Calls, Call{At: now, Endpoint: "inbox", Method: "GET", Path: rcapi.ListMessages.Path, Outcome: Success})
	assert.Equal(t, []string{"inbox: 2 more successful calls (3 of 5)", "readExtension: 5 more successful calls (0 of 5)"}, of(s),
		"it works meanwhile; the volume follows from these calls")

	var c calls
	c.add(6, 200, rcapi.ListMessages, time.Hour)
	want := criteria.Want{Endpoints: []criteria.Endpoint{{Op: rcapi.ListMessages}}}
	assert.Equal(t, []string{"15 more successful calls to any endpoint"},
		of(scene{verdict: criteria.Evaluate(criteria.Graduation, want, c.all(), now)}))
	assert.Empty(t, of(scenes()[0]), "ready")
	assert.Contains(t, of(scenes()[3])[0], "more calls cannot fix this: wait until", "waiting is an act, too")
}
