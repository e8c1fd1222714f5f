package rctest

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// TestDocumentedErrors asks for every error code of every operation that documents some, by its name alone.
func TestDocumentedErrors(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited()})
	operations, codes := 0, 0
	for op := range rcapi.All() {
		documented := op.ErrorCodes()
		if len(documented) == 0 {
			continue
		}
		operations++
		seen := make(map[string]bool)
		for _, e := range documented {
			if seen[e.Code] { // of another status: only the first has the name
				continue
			}
			seen[e.Code] = true
			codes++
			injected, err := a.h.Fail(Fault{Operation: op.ID, Code: e.Code, Times: 1})
			require.NoError(t, err, "%s %s", op.ID, e.Code)
			params := make(map[string]string)
			for _, name := range op.Missing(nil) {
				params[name] = "1"
			}
			path, err := op.Expand(params)
			require.NoError(t, err)
			got := a.call(op.Method + " " + path)
			assert.Equal(t, e.Status, got.status, "%s %s", op.ID, e.Code)
			assert.Contains(t, got.body, e.Code, op.ID)
			assert.Equal(t, 1, injected.Used(), "%s %s", op.ID, e.Code)
		}
	}
	assert.Equal(t, 129, operations)
	assert.Greater(t, codes, 440)
}

func TestFaultByCode(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited()})
	injected, err := a.h.Fail(Fault{Operation: rcapi.CreateSMSMessage.ID, Code: "MSG-240", Message: "Not from here"})
	require.NoError(t, err)
	assert.Equal(t, 403, injected.Fault().Status)
	got := a.call("POST "+own+"/sms", `{}`)
	assert.Equal(t, 403, got.status)
	assert.Contains(t, got.body, "Not from here")
	injected.Remove()

	injected, err = a.h.Fail(Fault{Operation: rcapi.ReadMessage.ID, Code: "CMN-201"})
	require.NoError(t, err, "a code of the platform in general")
	assert.Equal(t, 503, injected.Fault().Status)
	injected.Remove()

	_, err = a.h.Fail(Fault{Operation: rcapi.ReadSubscription.ID, Code: "XYZ-1"})
	assert.ErrorContains(t, err, "or use a code that readSubscription documents: ")
	assert.ErrorContains(t, err, "CMN-120")
	_, err = a.h.Fail(Fault{Code: "XYZ-1"})
	assert.ErrorContains(t, err, "code and message need a status: give one, such as 503")
}
