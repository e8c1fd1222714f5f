package rctest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// TestUpdates changes one member of a resource with two: what a full update leaves out is gone, what a partial one
// leaves out stays. Source of which is which: descriptions in the specification.
func TestUpdates(t *testing.T) {
	const full, partial = false, true // whether the other member stays
	for _, tt := range []struct {
		op           rcapi.Operation
		create       string // method and path; empty: the resource exists
		made         string
		update       string
		member, kept string
		stays        bool
	}{
		{rcapi.UpdateContact, "POST " + own + "/address-book/contact", `{"firstName":"Ada","company":"C"}`,
			`{"firstName":"Eve"}`, "firstName", "company", full},
		{rcapi.PatchContact, "POST " + own + "/address-book/contact", `{"firstName":"Ada","company":"C"}`,
			`{"firstName":"Eve"}`, "firstName", "company", partial},
		{rcapi.UpdateSwitch, "POST /restapi/v1.0/account/~/emergency-address-auto-update/switches",
			`{"chassisId":"a1:b2:c3:d4:e5:f6","name":"A","emergencyLocation":{"id":"1"}}`,
			`{"chassisId":"a1:b2:c3:d4:e5:f7"}`, "chassisId", "name", full},
		{rcapi.UpdateIVRMenu, "", "", `{"name":"New"}`, "name", "extensionNumber", partial},
		{rcapi.UpdateSiteIvrSettings, "", "", `{"actions":[]}`, "actions", "topMenu", partial},
		{rcapi.UpdateExtension, "", "", `{"contact":{"firstName":"Eve"}}`, "contact", "extensionNumber", partial},
	} {
		t.Run(tt.op.ID, func(t *testing.T) {
			a := newApp(t, Config{Limits: Unlimited()})
			path := a.filled(t, "$"+tt.op.ID+"$")
			if tt.create != "" {
				made := a.call(tt.create, tt.made)
				require.Less(t, made.status, 300, made.body)
				path = strings.TrimPrefix(tt.create, "POST ") + "/" + idIn(t, made)
			}
			before := a.call("GET " + path).json(t)
			require.Contains(t, before, tt.kept)
			got := a.call(tt.op.Method+" "+path, tt.update)
			require.Equal(t, 200, got.status, got.body)
			after := a.call("GET " + path).json(t)
			assert.NotEqual(t, before[tt.member], after[tt.member])
			if tt.stays {
				assert.Equal(t, before[tt.kept], after[tt.kept])
			} else {
				assert.NotContains(t, after, tt.kept)
				assert.Equal(t, before["id"], after["id"])
				assert.Equal(t, before["uri"], after["uri"])
			}
		})
	}
}

// TestUserCallQueuesAreReplaced expects that a queue that the request leaves out is left.
func TestUserCallQueuesAreReplaced(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited()})
	const path = own + "/call-queues"
	queue := a.filled(t, "$readCallQueueInfo.groupId$")
	require.Equal(t, 200, a.call("PUT "+path, `{"records":[{"id":"`+queue+`"}]}`).status)
	got := a.call("PUT "+path, `{"records":[]}`)
	require.Equal(t, 200, got.status, got.body)
	assert.Empty(t, got.json(t)["records"])
}
