package messages

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

const a2pPath = worldtest.AccountPath + "/a2p-sms"

func TestBatch(t *testing.T) {
	s := newScene(t, worldtest.Bare)
	made := s.Call("POST "+a2pPath+"/batches", `{"from":"`+a2pNumber+`","text":"Hello","messages":[
		{"to":["+16505550161"]},{"to":["abc"]},{"to":["+16505550162"],"text":"Other"},{"to":["+16505550163","+16505550164"]}]}`)
	assert.Equal(t, 201, made.Status)
	batch := made.OK()
	assert.EqualValues(t, 2, batch["batchSize"])
	assert.EqualValues(t, 0, batch["processedCount"])
	assert.Equal(t, "Processing", batch["status"])
	rejected := world.Children(batch, "rejected")
	require.Len(t, rejected, 2)
	assert.EqualValues(t, 1, rejected[0]["index"])
	assert.Equal(t, []any{"abc"}, rejected[0]["to"])

	path := a2pPath + "/batches/" + world.Text(batch, "id")
	for _, c := range []struct {
		after     time.Duration
		processed int
		status    string
	}{
		{10 * time.Millisecond, 1, "Processing"}, {20 * time.Millisecond, 2, "Processing"},
		{1020 * time.Millisecond, 2, "Sent"},
		{3020 * time.Millisecond, 2, "Completed"}, {time.Hour, 2, "Completed"},
	} {
		s.At = worldtest.Now.Add(c.after)
		got := s.Call("GET " + path).OK()
		assert.EqualValues(t, c.processed, got["processedCount"], c.after)
		assert.Equal(t, c.status, got["status"], c.after)
	}
	assert.InDelta(t, 2*a2pCost, s.Call("GET " + path).OK()["cost"], 1e-9)
	assert.Equal(t, "CMN-102", s.Call("GET "+a2pPath+"/batches/1").Code())
}

func TestBatchRefusals(t *testing.T) {
	s := newScene(t)
	for body, code := range map[string]string{
		`{"from":"` + worldtest.Phone + `","text":"a","messages":[{"to":["+16505550161"]}]}`: "CMN-101",
		`{"from":"+16505550169","text":"a","messages":[{"to":["+16505550161"]}]}`:            "CMN-101",
		`{"from":"` + a2pNumber + `","text":"a","messages":[]}`:                              "CMN-100",
		`{"from":"` + a2pNumber + `","text":"a","messages":[{"to":[]}]}`:                     "CMN-100",
		`{"text":"a","messages":[{"to":["+16505550161"]}]}`:                                  "CMN-100",
	} {
		got := s.Call("POST "+a2pPath+"/batches", body)
		assert.Equal(t, code, got.Code(), body)
		assert.Equal(t, 400, got.Status, body)
	}
}

func TestBatchList(t *testing.T) {
	s := newScene(t, worldtest.Bare)
	add := func(from string) string {
		return world.Text(s.Call("POST "+a2pPath+"/batches",
			`{"from":"`+from+`","text":"a","messages":[{"to":["+16505550161"]}]}`).OK(), "id")
	}
	people.AddNumber(s.World, 1, "+16505550191", "CompanyNumber", nil, []string{a2pSender})
	old := add("+16505550191")
	s.At = s.At.Add(25 * time.Hour)
	one, two := add("+16505550191"), add(a2pNumber)
	for query, want := range map[string][]string{
		"":                              {two, one},
		"dateFrom=2026-11-24T00:00:00Z": {two, one, old},
		"dateTo=2026-11-24T13:00:00Z":   {old},
		"from=%2B16505550190":           {two},
		"status=Completed":              {},
		"status=Processing":             {two, one},
		"status=Completed&status=Processing&dateFrom=2026-11-24": {two, one, old},
		"perPage=1": {two},
	} {
		assert.Equal(t, want, worldtest.IDsOf(s.Call("GET "+a2pPath+"/batches?"+query).OK()), query)
	}
	assert.Equal(t, "CMN-101", s.Call("GET "+a2pPath+"/batches?dateTo=x").Code())
	assert.Len(t, worldtest.IDsOf(newScene(t).Call("GET "+a2pPath+"/batches").OK()), 1, "one at the start")
}

func TestBatchIsTold(t *testing.T) {
	w := newScene(t, worldtest.Bare).World
	var batch *world.Resource
	told := eventsOf(w, func() { batch = addBatch(w, worldtest.Now, a2pNumber, []a2pMessage{{"+16505550161", "a"}}, nil) })
	require.Len(t, told, 2)
	assert.Equal(t, a2pPath+"/batches", told[0].Filter)
	assert.Equal(t, []world.Param{world.NewParam("from", a2pNumber)}, told[0].Attributes)
	assert.Equal(t, a2pPath+"/batches/"+batch.ID, told[1].Filter)
}
