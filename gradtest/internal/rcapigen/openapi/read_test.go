package openapi

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func zoo(t *testing.T) []Row {
	t.Helper()
	src, err := os.ReadFile("testdata/zoo.yml")
	require.NoError(t, err)
	rows, err := Read(src)
	require.NoError(t, err)
	return rows
}

func TestRead(t *testing.T) {
	assert.Equal(t, []Row{
		{ID: "listAnimals", Method: "GET", Path: "/zoo/v1/animals", Group: "NoThrottling", Scope: "Watch", Success: []int{200}, ContentTypes: []string{"application/json", "text/plain"}},
		{ID: "freeAnimals", Method: "DELETE", Path: "/zoo/v1/animals", Group: "Light", Success: []int{204, 302}, Deprecated: true},
		{ID: "listMeals", Method: "GET", Path: "/zoo/v1/animals/{animalId}/meals", Group: "Heavy", Scope: "Watch", Success: []int{200}, PathParams: []string{"animalId"}, RequiredQuery: []string{"day", "since"}},
		{ID: "feedAnimal", Method: "POST", Path: "/zoo/v1/animals/{animalId}/meals", Group: "Medium", Scope: "Feed", Permission: "Feed OR Own", Success: []int{201, 207}, ContentTypes: []string{"application/json"}, PathParams: []string{"animalId"}},
	}, zoo(t))
}

func TestReadDoesNotDependOnOrder(t *testing.T) {
	src, err := os.ReadFile("testdata/zoo.yml")
	require.NoError(t, err)
	head, rest, ok := strings.Cut(string(src), "  /zoo/v1/animals/{animalId}/meals:\n")
	require.True(t, ok)
	meals, animals, ok := strings.Cut(rest, "  /zoo/v1/animals:\n")
	require.True(t, ok)
	animals, tail, ok := strings.Cut(animals, "components:\n")
	require.True(t, ok)
	turned, err := Read([]byte(head + "  /zoo/v1/animals:\n" + animals + "  /zoo/v1/animals/{animalId}/meals:\n" + meals + "components:\n" + tail))
	require.NoError(t, err)
	assert.Equal(t, zoo(t), turned)
}

func TestReadFaults(t *testing.T) {
	op := func(path, fields string) string {
		return "  " + path + ":\n    get: {operationId: a, x-throttling-group: Light, responses: {\"200\": {}}, " + fields + "}\n"
	}
	for _, tt := range []struct {
		name, paths string
		want        []string
	}{
		{"no operations", "", []string{"has no operations"}},
		{"no id", "  /a:\n    get: {x-throttling-group: Light, responses: {\"200\": {}}}\n", []string{"GET /a: no operationId"}},
		{"no group", "  /a:\n    get: {operationId: a, responses: {\"200\": {}}}\n", []string{"GET /a: no x-throttling-group"}},
		{"no success", "  /a:\n    get: {operationId: a, x-throttling-group: Light, responses: {\"400\": {}}}\n", []string{"GET /a: no success status"}},
		{"unresolved parameter", op("/a", `parameters: [{$ref: "#/components/parameters/None"}]`), []string{"unresolved reference #/components/parameters/None"}},
		{"unresolved body", op("/a", `requestBody: {$ref: "#/components/requestBodies/None"}`), []string{"unresolved reference #/components/requestBodies/None"}},
		{"undeclared path parameter", op("/a/{b}", "tags: []"), []string{`declares path parameters [], the template has ["b"]`}},
		{"parameter that the path lacks", op("/a", "parameters: [{name: b, in: path}]"), []string{`declares path parameters ["b"], the template has []`}},
		{"two at once", op("/a", "tags: []") + op("/b", "tags: []") + "  /c:\n    put: {operationId: c}\n", []string{"PUT /c: no x-throttling-group", "operationId a: used by GET /a and GET /b"}},
		{"same shape", op("/a/{b}", "parameters: [{name: b, in: path}]") + strings.Replace(op("/a/{c}", "parameters: [{name: c, in: path}]"), "Id: a", "Id: b", 1), []string{"GET /a/{c}: has the same shape as /a/{b}"}},
		{"no YAML", "  /a: [", []string{"openapi: read: "}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rows, err := Read([]byte("openapi: 3.0.3\npaths:\n" + tt.paths))
			require.Error(t, err)
			assert.Nil(t, rows)
			for _, want := range tt.want {
				assert.ErrorContains(t, err, want)
			}
		})
	}
}
