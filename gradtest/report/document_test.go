package report

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// TestHeadlineSaysThatTimeIsShort: a verdict of ready that lasts an hour or less begins with that.
func TestHeadlineSaysThatTimeIsShort(t *testing.T) {
	at := time.Date(2026, 8, 5, 23, 25, 0, 0, time.UTC)
	d := Document{App: "crm", Ready: true, At: at, Until: at.Add(35 * time.Minute)}
	assert.Equal(t, "crm: READY, but only for 35m0s more: apply before 2026-08-06 00:00:00 UTC", d.headline())
	d.Until = at.Add(61 * time.Minute)
	assert.Equal(t, "crm: READY", d.headline())
}
