package window

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestMergeIsTheLaterOfTwo(t *testing.T) {
	in := func(n int) time.Time { return noon.Add(time.Duration(n) * time.Second) }
	free := Outlook{At: noon, Soonest: noon, Known: true}
	full := Outlook{At: in(5), Soonest: in(5), Known: true, Group: "x", Reason: Full}
	long := Outlook{At: in(9), Soonest: in(9), Known: true, Group: "y", Reason: Penalty}
	open := Outlook{At: in(7), Soonest: in(3), Group: "z", Reason: Full}
	cold := Outlook{Soonest: noon, Group: "c", Reason: Unconfirmed}
	for _, c := range []struct {
		name       string
		a, b, want Outlook
	}{
		{"both known", full, long, long},
		{"free and known", free, full, full},
		{"not known, but closed for longer", open, long, Outlook{At: in(7), Soonest: in(9), Group: "y", Reason: Penalty}},
		{"not known weighs more at the same time", free, cold, cold},
		{"look again at the earlier time", open, Outlook{At: in(6), Soonest: in(1), Group: "w"}, Outlook{At: in(6), Soonest: in(3), Group: "z", Reason: Full}},
		{"look again when at least one time is known", cold, open, open},
	} {
		ab, ba := c.a, c.b
		ab.merge(c.b)
		ba.merge(c.a)
		assert.Equal(t, c.want, ab, c.name)
		assert.Equal(t, c.want, ba, "%s, the other way round", c.name)
	}
}
