package openapi

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// zooEditions has the two editions of the zoo.
func zooEditions(t *testing.T) []Edition {
	t.Helper()
	src, err := os.ReadFile("testdata/zoo-2021.yml")
	require.NoError(t, err)
	rows, err := Read(src)
	require.NoError(t, err)
	newest, err := os.ReadFile("testdata/zoo.yml")
	require.NoError(t, err)
	return []Edition{{"2021-03", src, rows}, {"2026-08", newest, zoo(t)}}
}

func TestMerge(t *testing.T) {
	both := []string{"2021-03", "2026-08"}
	canonical := func(s string) string {
		if s == "Glip" {
			return "TeamMessaging"
		}
		return s
	}
	got, err := Merge(zooEditions(t), canonical)
	require.NoError(t, err)
	byID := make(map[string]Merged)
	for _, m := range got {
		byID[m.ID] = m
	}
	require.Len(t, byID, 6)

	meals := byID["listMeals"]
	assert.Equal(t, both, meals.Editions, "other names of parameters and another id are the same operation")
	assert.Equal(t, "/zoo/v1/animals/{animalId}/meals", meals.Path)
	require.Len(t, meals.Was, 1)
	was := meals.Was[0].Row
	assert.Equal(t, "readMeals", was.ID)
	assert.Equal(t, "Light", was.Group)
	assert.Equal(t, []int{200}, was.Success, "what the old edition does not state is that of the newer")

	assert.Equal(t, []string{"400 ZOO-1", "403 ZOO-2"}, meals.Codes, "codes of all editions")
	assert.Nil(t, was.Errors)

	old := byID["listMeals2021"]
	assert.Equal(t, "/zoo/v1/meals", old.Path, "an id that belongs to another operation now gets the year")
	assert.Equal(t, both[:1], old.Editions)
	assert.Equal(t, []int{200}, old.Success)
	assert.Equal(t, "TeamMessaging", old.Scope)
	assert.Equal(t, "Glip", old.Was[0].Row.Scope)

	assert.Equal(t, both[:1], byID["listCages"].Editions)
	assert.Empty(t, byID["listCages"].Was)
	assert.Equal(t, both[1:], byID["feedAnimal"].Editions)
}

func TestMergeRefusesAnIDOfTwoOperations(t *testing.T) {
	row := func(id, path string) Row { return Row{ID: id, Method: "GET", Path: path, Success: []int{200}} }
	_, err := Merge([]Edition{
		{Name: "2021-03", Rows: []Row{row("list", "/old")}},
		{Name: "2023-05", Rows: []Row{row("list", "/old")}},
		{Name: "2026-08", Rows: []Row{row("list", "/new")}},
	}, nil)
	assert.ErrorContains(t, err, "operationId list: used by another operation since, and by several editions before")
	_, err = Merge([]Edition{
		{Name: "2021-03", Rows: []Row{row("list", "/old")}},
		{Name: "2026-08", Rows: []Row{row("list", "/new"), row("list2021", "/newer")}},
	}, nil)
	assert.ErrorContains(t, err, "operationId list2021: used by two operations")
}

func TestSkeletonsAreOfTheNewestEdition(t *testing.T) {
	editions := zooEditions(t)
	rows, err := Merge(editions, nil)
	require.NoError(t, err)
	f, err := Skeletons(editions, rows)
	require.NoError(t, err)
	text, err := f.Marshal()
	require.NoError(t, err)
	assert.Contains(t, string(text), `listMeals2021 {"answers":["200 application/json`, "a default answer is one of the success")
	assert.Contains(t, string(text), `listCages {"answers":["200 0"]}`)
	assert.Contains(t, string(text), `"query day`, "listMeals has the parameters of the newest")
}
