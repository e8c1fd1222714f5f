package openapi

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func skeletons(t *testing.T, src string) (string, error) {
	t.Helper()
	rows, err := Read([]byte(src))
	require.NoError(t, err)
	editions := []Edition{{Name: "2026-08", Src: []byte(src), Rows: rows}}
	all, err := Merge(editions, nil)
	require.NoError(t, err)
	f, err := Skeletons(editions, all)
	if err != nil {
		return "", err
	}
	text, err := f.Marshal()
	require.NoError(t, err)
	return string(text), nil
}

// body is a document of one operation that takes a schema in JSON.
func body(schema, schemas string) string {
	return `openapi: 3.0.3
paths:
  /a:
    put:
      operationId: a
      x-throttling-group: Light
      requestBody: {content: {application/json: {schema: ` + schema + `}}}
      responses: {"204": {description: sentence}}
components: {schemas: {` + schemas + `}}
`
}

func TestSkeletons(t *testing.T) {
	const end = "a {\"request\":[\"application/json 1\"],\"answers\":[\"204 0\"]}\n"
	for _, tt := range []struct{ name, schema, schemas, want string }{
		{"facts alone", `{type: string, description: a sentence, title: A Sentence, example: sentences, format: uri, maxLength: 9}`, "",
			`1 {"type":"string","format":"uri","maxLength":9}` + "\n"},
		{"bounds", `{type: array, minItems: 1, maxItems: 4, uniqueItems: true, items: {type: integer, minimum: 0, maximum: 5, default: 2}}`, "",
			`1 {"type":"array","minItems":1,"maxItems":4,"unique":true,"items":2}` + "\n" + `2 {"type":"integer","default":2,"min":0,"max":5}` + "\n"},
		{"types that are left to be understood", `{properties: {a: {items: {enum: [x]}}}}`, "",
			`1 {"type":"object","members":["a 2"]}` + "\n" + `2 {"type":"array","items":3}` + "\n" + `3 {"type":"string","enum":["x"]}` + "\n"},
		{"members in order", `{required: [b], properties: {b: {type: string}, a: {type: string, readOnly: true}, c: {type: string, writeOnly: true}}}`, "",
			`1 {"type":"object","members":["b 2!","a 2r","c 2w"]}` + "\n" + `2 {"type":"string"}` + "\n"},
		{"required but not described", `{type: object, required: [b], properties: {a: {type: string}}}`, "",
			`1 {"type":"object","members":["a 2","b 0!"]}` + "\n" + `2 {"type":"string"}` + "\n"},
		{"other members", `{type: object, additionalProperties: {type: boolean}}`, "",
			`1 {"type":"object","others":2}` + "\n" + `2 {"type":"boolean"}` + "\n"},
		{"closed", `{type: object, additionalProperties: false, properties: {a: {}}}`, "",
			`1 {"type":"object","members":["a 0"],"closed":true}` + "\n"},
		{"allOf", `{allOf: [{$ref: "#/components/schemas/B"}, {required: [a], properties: {a: {maxLength: 3}}}]}`,
			`B: {type: object, properties: {a: {type: string, maxLength: 5}}}`,
			`1 {"type":"object","members":["a 2!"]}` + "\n" + `2 {"type":"string","maxLength":3}` + "\n"},
		{"allOf narrows an enum", `{allOf: [{type: string, enum: [a, b, c]}, {enum: [c, b, d]}]}`, "",
			`1 {"type":"string","enum":["c","b"]}` + "\n"},
		{"nullable", `{type: string, nullable: true, enum: [a, null]}`, "",
			`1 {"type":"string","enum":["a"],"nullable":true}` + "\n"},
		{"a reference that is not nullable", `{nullable: true, allOf: [{$ref: "#/components/schemas/B"}]}`, `B: {type: string}`,
			`1 {"type":"string"}` + "\n"},
		{"recursion", `{$ref: "#/components/schemas/B"}`, `B: {type: object, properties: {b: {type: array, items: {$ref: "#/components/schemas/B"}}}}`,
			`1 {"type":"object","members":["b 2"]}` + "\n" + `2 {"type":"array","items":1}` + "\n"},
		{"two that say the same, in a circle", `{$ref: "#/components/schemas/B"}`,
			`B: {type: object, properties: {b: {$ref: "#/components/schemas/C"}}}, C: {type: object, properties: {b: {$ref: "#/components/schemas/B"}}}`,
			`1 {"type":"object","members":["b 1"]}` + "\n"},
		{"oneOf with what stands beside it", `{type: object, required: [a], properties: {a: {type: string}}, oneOf: [{required: [b]}, {required: [c]}]}`, "",
			`1 {"oneOf":[2,4]}` + "\n" + `2 {"type":"object","members":["a 3!","b 0!"]}` + "\n" + `3 {"type":"string"}` + "\n" + `4 {"type":"object","members":["a 3!","c 0!"]}` + "\n"},
		{"discriminator", `{anyOf: [{$ref: "#/components/schemas/B"}, {$ref: "#/components/schemas/C"}], discriminator: {propertyName: k, mapping: {bee: "#/components/schemas/B", bumble: "#/components/schemas/B"}}}`,
			`B: {type: object, properties: {k: {type: string}}}, C: {type: object, properties: {k: {type: string}}}`,
			`1 {"anyOf":[2,4],"discriminator":"k"}` + "\n" + `2 {"type":"object","members":["k 3!"]}` + "\n" + `3 {"type":"string","enum":["bee","bumble"]}` + "\n" +
				`4 {"type":"object","members":["k 5!"]}` + "\n" + `5 {"type":"string","enum":["C"]}` + "\n"},
		{"oneOf of one", `{oneOf: [{$ref: "#/components/schemas/B"}], discriminator: {propertyName: k, mapping: {bee: "#/components/schemas/B"}}}`, `B: {type: object}`,
			`1 {"type":"object","members":["k 2!"]}` + "\n" + `2 {"type":"string","enum":["bee"]}` + "\n"},
		{"a pattern that looks ahead", `{type: string, pattern: '^((?!(<|>|\/|\")).)*$'}`, "",
			`1 {"type":"string","pattern":"^[^<>/\"\\n]*$"}` + "\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := skeletons(t, body(tt.schema, tt.schemas))
			require.NoError(t, err)
			assert.Equal(t, tt.want+end, got)
		})
	}
}

func TestSkeletonsOfParametersAndAnswers(t *testing.T) {
	src, err := os.ReadFile("testdata/zoo.yml")
	require.NoError(t, err)
	got, err := skeletons(t, string(src))
	require.NoError(t, err)
	assert.Equal(t, `1 {"type":"object"}
2 {"type":"string"}
listAnimals {"request":["text/plain 0","application/json 1"],"answers":["200 0"]}
freeAnimals {"answers":["204 0"]}
listMeals {"params":["path animalId 0!","query day 2!","query since 0!","header X-Zoo 0!"],"answers":["200 0"]}
feedAnimal {"params":["path animalId 0!","query day 0"],"request":["application/json 0"],"answers":["201 0","207 0"]}
`, got)
}

func TestSkeletonsFaults(t *testing.T) {
	for _, tt := range []struct{ name, schema, schemas, want string }{
		{"unresolved", `{$ref: "#/components/schemas/B"}`, "", "unresolved reference #/components/schemas/B"},
		{"in a circle", `{$ref: "#/components/schemas/B"}`, `B: {$ref: "#/components/schemas/B"}`, "is circular"},
		{"part of itself", `{$ref: "#/components/schemas/B"}`, `B: {allOf: [{$ref: "#/components/schemas/B"}]}`, "#/components/schemas/B is a part of itself"},
		{"pattern", `{type: string, pattern: "(?!a)b"}`, "", "add an equivalent to patterns in the generator"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := skeletons(t, body(tt.schema, tt.schemas))
			assert.ErrorContains(t, err, tt.want)
		})
	}
}
