package shape

import (
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestOf(t *testing.T) {
	assert.Nil(t, Of("flyToTheMoon"))
	op := Of("createSMSMessage")
	require.NotNil(t, op)
	assert.Same(t, op, Of("createSMSMessage"))
	assert.Equal(t, "createSMSMessage", op.ID)
	var types []string
	for _, c := range op.Request {
		types = append(types, c.Type)
	}
	assert.ElementsMatch(t, rcapi.CreateSMSMessage.ContentTypes, types)
	require.Len(t, op.Responses, 1)
	assert.Equal(t, 200, op.Responses[0].Status)
	assert.Equal(t, "application/json", op.Responses[0].Contents[0].Type)

	gone := Of("deleteSubscription")
	assert.Equal(t, []Response{{Status: 204}}, gone.Responses)
}

// TestOfAgreesWithTheCatalogue: both are made of one specification.
func TestOfAgreesWithTheCatalogue(t *testing.T) {
	for o := range rcapi.All() {
		op := Of(o.ID)
		require.NotNil(t, op, o.ID)
		statuses := []int{}
		for _, a := range op.Responses {
			statuses = append(statuses, a.Status)
		}
		assert.Equal(t, slices.DeleteFunc(slices.Clone(o.Success), func(n int) bool { return n > 299 }), statuses, o.ID)
		var path, query []string
		for _, p := range op.Parameters {
			switch {
			case p.In == "path":
				path = append(path, p.Name)
			case p.In == "query" && p.Required:
				query = append(query, p.Name)
			}
		}
		assert.ElementsMatch(t, o.PathParams, path, o.ID)
		assert.ElementsMatch(t, o.RequiredQuery, query, o.ID)
	}
}

func TestOfFromManyGoroutines(t *testing.T) {
	d := &data{text: text}
	first := make([][]*Operation, 8)
	var wg sync.WaitGroup
	for i := range first {
		wg.Go(func() {
			for o := range rcapi.All() {
				first[i] = append(first[i], d.operation(o.ID))
			}
		})
	}
	wg.Wait()
	for _, got := range first[1:] {
		for j := range got {
			require.Same(t, first[0][j], got[j])
		}
	}
}
