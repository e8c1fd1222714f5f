package openapi

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestDiffNamesEachFact(t *testing.T) {
	want := Row{ID: "a", Method: "GET", Path: "/a", Group: "Light", Scope: "S", Permission: "P", Success: []int{200}, ContentTypes: []string{"c"}, PathParams: []string{"p"}, RequiredQuery: []string{"q"}}
	assert.Nil(t, Diff(want, want))
	assert.Len(t, Diff(Row{Deprecated: true}, want), 11, "no fact goes unseen")
	for _, tt := range []struct {
		change func(*Row)
		want   string
	}{
		{func(r *Row) { r.Group = "Heavy" }, "group: got Heavy, want Light"},
		{func(r *Row) { r.Success = []int{200, 207} }, "success statuses: got [200 207], want [200]"},
		{func(r *Row) { r.RequiredQuery = nil }, "required query: got [], want [q]"},
		{func(r *Row) { r.Deprecated = true }, "deprecated: got true, want false"},
	} {
		got := want
		tt.change(&got)
		assert.Equal(t, []string{tt.want}, Diff(got, want))
	}
}

func TestCompare(t *testing.T) {
	spec := zoo(t)
	assert.Nil(t, Compare(spec, spec))
	table := slices.Clone(spec)
	table[0].Group = "Light"
	table[1].ID = "loseAnimals"
	assert.Equal(t, []string{
		"freeAnimals (DELETE /zoo/v1/animals): in the specification, not in the table",
		"listAnimals (GET /zoo/v1/animals): group: got Light, want NoThrottling",
		"loseAnimals (DELETE /zoo/v1/animals): in the table, not in the specification",
	}, Compare(table, spec))
}
