package messages

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestStatusProceeds(t *testing.T) {
	for _, c := range []struct {
		kind   string
		after  time.Duration
		status string
		since  time.Duration
	}{
		{typeSMS, 0, "Queued", 0},
		{typeSMS, smsSent - 1, "Queued", 0},
		{typeSMS, smsSent, "Sent", smsSent},
		{typeSMS, smsDelivered - 1, "Sent", smsSent},
		{typeSMS, smsDelivered, "Delivered", smsDelivered},
		{typeSMS, time.Hour, "Delivered", smsDelivered},
		{typeFax, faxSent - 1, "Queued", 0},
		{typeFax, time.Hour, "Sent", faxSent},
		{typeSMS, -time.Hour, "Queued", 0},
	} {
		status, since := statusOf(c.kind, worldtest.Now, worldtest.Now.Add(c.after))
		assert.Equal(t, c.status, status, "%s %s", c.kind, c.after)
		assert.Equal(t, worldtest.Now.Add(c.since), since, "%s %s", c.kind, c.after)
	}
}

func TestDeliveryIsSeen(t *testing.T) {
	s := newScene(t, worldtest.Bare)
	id := worldtest.IDOf(sms(s, worldtest.OutsidePhone, "a"))
	s.At = s.At.Add(time.Hour)
	got := s.Call("GET " + store + "/" + id).OK()
	assert.Equal(t, "Delivered", got["messageStatus"])
	assert.Equal(t, "2026-11-24T12:00:03.000Z", got["smsDeliveryTime"])
	assert.Equal(t, "2026-11-24T12:00:03.000Z", got["lastModifiedTime"])
	again := s.Call("GET " + store + "/" + id).OK()
	assert.Equal(t, got, again)
}
