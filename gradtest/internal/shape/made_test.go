package shape

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

var testMaker = Maker{Seed: 1, Now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC), Base: "http://127.0.0.1:1"}

// each calls f for every shape of every operation.
func each(t testing.TB, f func(where string, s *Shape)) {
	n := 0
	for o := range rcapi.All() {
		op := Of(o.ID)
		require.NotNil(t, op, o.ID)
		n++
		for _, p := range op.Parameters {
			f(o.ID+" "+p.In+" "+p.Name, p.Shape)
		}
		for _, c := range op.Request {
			f(o.ID+" request "+c.Type, c.Shape)
		}
		for _, a := range op.Answers {
			for _, c := range a.Contents {
				f(fmt.Sprintf("%s %d %s", o.ID, a.Status, c.Type), c.Shape)
			}
		}
	}
	require.Equal(t, 520, n)
}

func TestWhatIsMadeIsValid(t *testing.T) {
	each(t, func(where string, s *Shape) {
		for _, full := range []bool{false, true} {
			v := testMaker.Make(s, "123456789", full)
			if !s.Valid(v) {
				c := checker{}
				c.value(s, v, nil)
				b, _ := json.Marshal(v)
				assert.Empty(t, c.faults, "%s full %v: %.300s", where, full, b)
			}
			assert.Equal(t, v, testMaker.Make(s, "123456789", full), where)
			b := testMaker.Append(nil, s, v, "123456789")
			var again any
			require.NoError(t, json.Unmarshal(b, &again), "%s: %s", where, b)
			assert.Equal(t, v, again, where)
		}
	})
}
