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
		for _, a := range op.Responses {
			for _, c := range a.Contents {
				f(fmt.Sprintf("%s %d %s", o.ID, a.Status, c.Type), c.Shape)
			}
		}
	}
	require.Equal(t, 646, n)
}

func TestWhatIsMadeIsValid(t *testing.T) {
	each(t, func(where string, s *Shape) {
		for _, full := range []bool{false, true} {
			v := testMaker.Make(s, "123456789", full)
			if !s.Valid(v) {
				c := checker{}
				c.value(s, v, nil)
				assert.Empty(t, c.found, "%s, full %v: %v", where, full, v)
			}
			b := testMaker.Append(nil, s, v, "123456789")
			var again any
			require.NoError(t, json.Unmarshal(b, &again), "%s: %s", where, b)
			assert.Equal(t, v, again, "%s: what is made is kept", where)
		}
	})
}

func TestWhatIsMadeForRequestsIsTaken(t *testing.T) {
	m := testMaker
	m.Request = true
	n := 0
	for _, id := range ids {
		for _, c := range Of(id).Request {
			for _, full := range []bool{false, true} {
				n++
				assert.Empty(t, c.Shape.Check(m.Make(c.Shape, "1", full)), "%s %s, full %v", id, c.Type, full)
			}
		}
	}
	assert.Greater(t, n, 300)
}

// TestFullIsFull: only members that are about errors, contain themselves or lie too deep are omitted.
func TestFullIsFull(t *testing.T) {
	s := Of("readExtension").Responses[0].Contents[0].Shape
	v := testMaker.Make(s, "1", true).(map[string]any)
	for _, m := range s.Members {
		assert.Contains(t, v, m.Name)
	}
	assert.Empty(t, testMaker.Make(s, "1", false), "none is required")
}

func TestMadeLeavesErrorsOut(t *testing.T) {
	s := parse(t, `1 {"type":"object","members":["id 2","errorCode 2","deletedAt 2","reason 2","defaultValue 2","faultText 2!","state 3","pick 4"]}
2 {"type":"string"}
3 {"type":"string","enum":["Deleted","DeliveryFailed","Ready","Done"]}
4 {"oneOf":[5,6]}
5 {"type":"object","members":["errors 2!"]}
6 {"type":"object","members":["value 2!"]}
`)
	v := Maker{}.Make(s, "1", true).(map[string]any)
	assert.NotContains(t, v, "errorCode")
	assert.NotContains(t, v, "deletedAt")
	assert.NotContains(t, v, "reason")
	assert.Contains(t, v, "defaultValue")
	assert.Contains(t, v, "faultText", "it is required")
	assert.Equal(t, "Ready", v["state"])
	assert.Contains(t, v["pick"], "value")
}

func TestMadeEndsWhereNothingFits(t *testing.T) {
	s := parse(t, "1 {\"type\":\"object\",\"members\":[\"again 1!\"]}\n")
	assert.Nil(t, Maker{}.Make(s, "1", false), "a value that would contain itself without end")
}
