package rctest

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestNonsenseIsRefused(t *testing.T) {
	for want, f := range map[string]Fault{
		"it does nothing":                      {},
		"it does nothing: give":                {Probability: 0.5, Times: 3},
		"did you mean listMessages":            {Operation: "listMesages", Status: 500},
		"use an operation id":                  {Operation: "?!", Status: 500},
		"leave out those two":                  {Operation: "listMessages", Method: "GET", Status: 500},
		"use the beginning of a path":          {Path: "restapi", Status: 500},
		`method is "get"`:                      {Method: "get", Status: 500},
		"a call has one response":              {Status: 500, Drop: true},
		"more than one of":                     {Expire: true, Maintenance: true},
		"has no response":                      {Drop: true, Truncate: true},
		"leave out truncate":                   {Drop: true, ContentType: "text/html"},
		"status is 399":                        {Status: 399},
		"status is 600":                        {Status: 600},
		"code and message need":                {Drop: true, Code: "CMN-1"},
		"retryAfter needs":                     {Expire: true, RetryAfter: time.Second},
		"whole seconds":                        {Status: 503, RetryAfter: time.Millisecond},
		"use durations that are not negative":  {Delay: -1, Drop: true},
		"jitter -1s":                           {Jitter: -time.Second, Drop: true},
		"printable ASCII":                      {ContentType: "text/html\r\nX: y"},
		"probability is NaN":                   {Drop: true, Probability: math.NaN()},
		"probability is 1.5":                   {Drop: true, Probability: 1.5},
		"probability is -1":                    {Drop: true, Probability: -1},
		"not UTF-8":                            {Status: 500, Message: "\xff"},
		"times is -1":                          {Drop: true, Times: -1},
		`no app scope "Magic"`:                 {RevokeScope: "Magic"},
		"no operation needs scope Voicemail":   {RevokeScope: rcapi.ScopeVoicemail},
		"listMessages does not need scope SMS": {Operation: "listMessages", RevokeScope: rcapi.ScopeSMS},
	} {
		h, err := NewHandler(Config{})
		require.NoError(t, err)
		i, err := h.Fail(f)
		assert.ErrorContains(t, err, want)
		assert.Nil(t, i)
		assert.Empty(t, h.UnusedFaults())
		for line := range strings.SplitSeq(err.Error(), "\n") {
			assert.True(t, strings.HasPrefix(line, "rctest: fault: "), line)
		}
	}
	_, err := (&Handler{}).Fail(Fault{Status: 1, Delay: -1, Times: -1})
	assert.Len(t, strings.Split(err.Error(), "\n"), 3, "all of it together")
}
