package world

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
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
		status, since := statusOf(c.kind, testNow, testNow.Add(c.after))
		assert.Equal(t, c.status, status, "%s %s", c.kind, c.after)
		assert.Equal(t, testNow.Add(c.since), since, "%s %s", c.kind, c.after)
	}
}

func TestDeliveryIsSeen(t *testing.T) {
	s := newScene(t, bare)
	id := idOf(s.sms(outsidePhone, "a"))
	s.at = s.at.Add(time.Hour)
	got := s.call("GET " + store + "/" + id).ok()
	assert.Equal(t, "Delivered", got["messageStatus"])
	assert.Equal(t, "2026-11-24T12:00:03.000Z", got["smsDeliveryTime"])
	assert.Equal(t, "2026-11-24T12:00:03.000Z", got["lastModifiedTime"])
	again := s.call("GET " + store + "/" + id).ok()
	assert.Equal(t, got, again)
}
