package spectest

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const zoo = `openapi: 3.0.3
info: {title: zoo, version: "1"}
paths:
  /animals:
    get:
      operationId: list
      responses:
        "200":
          description: ""
          content:
            application/json:
              schema:
                type: object
                required: [records]
                properties:
                  records: {type: array, items: {$ref: "#/components/schemas/Animal"}}
        "204": {description: ""}
    post:
      operationId: add
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Animal"}}}}
      responses:
        "201": {description: "", content: {image/*: {}}}
components:
  schemas:
    Animal:
      type: object
      required: [id, name]
      properties:
        id: {type: integer, readOnly: true}
        name: {type: string, pattern: '^(?!bad).*$', maxLength: 5}
        born: {type: string, format: date-time, nullable: true}
        keeper: {type: string, format: email}
        chip: {type: string, format: uuid}
        key: {type: string, writeOnly: true}
`

func load(t *testing.T) *Spec {
	t.Helper()
	path := filepath.Join(t.TempDir(), "zoo.yml")
	require.NoError(t, os.WriteFile(path, []byte(zoo), 0o600))
	s, err := Load(path)
	require.NoError(t, err)
	return s
}

func TestAnswer(t *testing.T) {
	s := load(t)
	for _, tt := range []struct {
		id     string
		status int
		media  string
		body   string
		want   []string // parts of the error; none: fits
	}{
		{"list", 200, "application/json; charset=utf-8", `{"records":[{"id":1,"name":"Rex","born":null,"keeper":"a@example.com","chip":"0f0e0d0c-0b0a-4009-8807-060504030201"}]}`, nil},
		{"list", 200, "application/json", `{"records":[],"more":1}`, nil},
		{"list", 200, "application/json", `{}`, []string{"spectest: list 200: /records", `"records" is missing`}},
		{"list", 200, "application/json", `{"records":[{"id":"1","name":null},{"id":1,"name":"Rex"}]}`, []string{"/records/0/id", "/records/0/name"}},
		{"list", 200, "application/json", `{"records":[{"id":1,"name":"badly"}]}`, []string{"/records/0/name"}},
		{"list", 200, "application/json", `{"records":[{"id":1,"name":"Rexrex"}]}`, []string{"/records/0/name"}},
		{"list", 200, "application/json", `{"records":[{"id":1,"name":"Rex","born":"soon","keeper":"x","chip":"x"}]}`, []string{"/records/0/born", "/records/0/keeper", "/records/0/chip"}},
		{"list", 200, "application/json", `{"records":[{"id":1,"name":"Rex","key":"secret"}]}`, []string{"/records/0/key"}},
		{"list", 200, "application/json", `{"records":`, []string{"the body is not JSON"}},
		{"list", 200, "text/html", ``, []string{"content type text/html is not one of [application/json]"}},
		{"list", 200, "", ``, []string{`content type ""`}},
		{"list", 204, "", ``, nil},
		{"list", 204, "", `x`, []string{"an unexpected body of 1 bytes"}},
		{"list", 201, "application/json", `{}`, []string{"not a status of the operation, which has [200 204]"}},
		{"add", 201, "image/png", "\x00", nil},
		{"feed", 200, "application/json", `{}`, []string{"no such operation"}},
	} {
		err := s.Answer(tt.id, tt.status, tt.media, []byte(tt.body))
		if tt.want == nil {
			assert.NoError(t, err, tt.body)
			continue
		}
		for _, want := range tt.want {
			assert.ErrorContains(t, err, want, tt.body)
		}
	}
}

func TestRequest(t *testing.T) {
	s := load(t)
	assert.NoError(t, s.Request("add", "application/json", []byte(`{"name":"Rex","key":"k"}`)))
	assert.ErrorContains(t, s.Request("add", "application/json", []byte(`{"name":"Rex","id":1}`)), "/id")
	assert.ErrorContains(t, s.Request("add", "application/json", []byte(`{}`)), "/name")
	assert.ErrorContains(t, s.Request("add", "text/plain", nil), "not one of [application/json]")
	assert.ErrorContains(t, s.Request("list", "application/json", nil), "takes no body")
}

func TestOldEditions(t *testing.T) {
	dir := t.TempDir()
	write := func(name, id, status string) string {
		path := filepath.Join(dir, name)
		text := "openapi: 3.0.3\ninfo: {title: zoo, version: '1'}\npaths:\n  /" + id + ":\n    get:\n      operationId: " + id +
			"\n      responses: {" + status + ": {description: ''}}\n"
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	s, err := Load(write("old", "list", "default"), write("middle", "gone", "'200'"), write("new", "list", "'204'"))
	require.NoError(t, err)
	assert.NoError(t, s.Answer("list", 204, "", nil))
	assert.ErrorContains(t, s.Answer("list", 200, "", nil), "which has [204]", "the newest edition counts")
	assert.NoError(t, s.Answer("gone", 200, "", nil))
	assert.NoError(t, s.Answer("list2021", 201, "", nil), "a default answer is that of any success")
	assert.ErrorContains(t, s.Answer("list2021", 400, "", nil), "not a status")
	assert.ErrorContains(t, s.Answer("gone2021", 200, "", nil), "no such operation", "only the oldest edition has ids with a year")

	require.NoError(t, os.Remove(filepath.Join(dir, "old")))
	s, err = Load(filepath.Join(dir, "old"), filepath.Join(dir, "new"))
	require.NoError(t, err)
	assert.ErrorContains(t, s.Answer("nothing", 200, "", nil), "spectest: read the specification: ")
}

func TestLoadFaults(t *testing.T) {
	_, err := Load()
	assert.ErrorContains(t, err, "spectest: no specification")
	_, err = Load(filepath.Join(t.TempDir(), "none.yml"))
	assert.ErrorContains(t, err, "spectest: read the specification: ")
	for text, want := range map[string]string{"paths: [": "spectest: ", "openapi: 3.0.3\ninfo: {title: a, version: b}\npaths: {}\n": "no operations"} {
		path := filepath.Join(t.TempDir(), "a.yml")
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		_, err := Load(path)
		assert.ErrorContains(t, err, want)
	}
}
