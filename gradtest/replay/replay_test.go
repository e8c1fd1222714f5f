package replay_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/replay"
)

// chain reads the user, sends an SMS, and reads and deletes it by the id of the answer.
func chain(t *testing.T, r *replay.Replay, text string) {
	status, _ := send(t, r, "GET", own, "", "")
	assert.Equal(t, 200, status)
	status, body := send(t, r, "POST", own+"/sms", "application/json", sms("+12025550123", text))
	assert.Equal(t, 200, status)
	var message struct {
		ID      int64
		URI     string
		Subject string
		Type    string
		To      []struct{ PhoneNumber string }
	}
	require.NoError(t, json.Unmarshal([]byte(body), &message))
	assert.Equal(t, "SMS", message.Type)
	assert.Equal(t, text, message.Subject, "what the test sent comes back")
	assert.Equal(t, "+12025550123", message.To[0].PhoneNumber)
	path := fmt.Sprint(own, "/message-store/", message.ID)
	status, again := send(t, r, "GET", path, "", "")
	assert.Equal(t, 200, status)
	assert.Contains(t, again, fmt.Sprintf(`"id":%d`, message.ID))
	assert.Regexp(t, "^"+r.URL()+"/restapi/v1.0/account/", message.URI)
	status, _ = send(t, r, "DELETE", path, "", "")
	assert.Equal(t, 204, status)
}

func TestChain(t *testing.T) {
	path := record(t, app, func(r *replay.Replay) { chain(t, r, "hello from the test") })
	r := play(t, path)
	assert.False(t, r.Recording())
	chain(t, r, "hello from the test")
	require.NoError(t, r.Close(), "all was sent")

	r = play(t, path)
	chain(t, r, "another text")
	require.NoError(t, r.Close())
}

// TestPlayedCallsAreNoEvidence: recorded calls count, and played ones do not, not even through a session.
func TestPlayedCallsAreNoEvidence(t *testing.T) {
	a := app
	a.Name = "evidence"
	before := gradtest.Start(t, a).Verdict().Successes
	path := record(t, a, func(r *replay.Replay) { send(t, r, "GET", own, "", "") })
	verdict := gradtest.Start(t, a).Verdict()
	assert.Equal(t, before+1, verdict.Successes, "recording is graded")

	r := play(t, path, replay.Options{Repeat: true})
	for range 30 {
		send(t, r, "GET", own, "", "")
	}
	s := gradtest.Start(t, a)
	through := &http.Client{Transport: s.Transport(played{r.Transport(nil)})}
	for range 5 {
		resp, err := through.Get(s.URL() + own)
		require.NoError(t, err)
		resp.Body.Close()
		assert.Equal(t, 200, resp.StatusCode)
	}
	after := gradtest.Start(t, a).Verdict()
	assert.Equal(t, verdict.Successes, after.Successes)
	assert.Equal(t, verdict.Ready, after.Ready)
}

// played sends requests for any server to a replay.
type played struct{ http.RoundTripper }

func (p played) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host = "https", "platform.example"
	return p.RoundTripper.RoundTrip(r)
}

// TestStable: a second recording of the same data is the same file.
func TestStable(t *testing.T) {
	both := func(r *replay.Replay) {
		send(t, r, "GET", own, "", "")
		send(t, r, "GET", own+"/phone-number", "", "")
	}
	first := content(t, record(t, app, both))
	assert.Equal(t, first, content(t, record(t, app, both)))
	assert.NotContains(t, first, "62264425", "the user's id")
	other := content(t, record(t, app, func(r *replay.Replay) { send(t, r, "GET", own+"/message-store?perPage=1", "", "") }))
	assert.Contains(t, other, "/extension/"+between(first, `"id": `, ",")+"/message-store", "the same in another cassette")
}
