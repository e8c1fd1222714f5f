package shape

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestOpenings expects each row of the table to open something that the specification closes.
func TestOpenings(t *testing.T) {
	all := openings
	defer func() { openings = all }()
	for _, o := range all {
		require.NotEmpty(t, o.source)
		for id := range strings.FieldsSeq(o.operations) {
			decode := func(open ...opening) (checks string) {
				openings = open
				embedded.index.Do(embedded.open)
				require.Contains(t, embedded.ops, id)
				op := embedded.decode(id, embedded.ops[id].body)
				var b strings.Builder
				for _, p := range op.Parameters {
					if "?"+p.Name == o.path {
						b.WriteString(p.Shape.items().describe())
					}
				}
				for _, r := range op.Responses {
					op.Request = append(op.Request, r.Contents...)
				}
				for _, c := range op.Request {
					b.WriteString(rules(c.Shape, 4+strings.Count(o.path, ".")))
				}
				return b.String()
			}
			assert.NotEqual(t, decode(), decode(o), "%s of %s is open without this row", o.path, id)
		}
	}
}

// rules writes what a shape demands, to a depth.
func rules(s *Shape, depth int) string {
	if s == nil || depth == 0 {
		return ""
	}
	text := s.describe()
	for _, m := range s.Members {
		text += " " + m.Name
		if m.Required {
			text += "!"
		}
		text += "(" + rules(m.Shape, depth-1) + ")"
	}
	for _, a := range s.Alternatives {
		text += " |" + rules(a, depth-1)
	}
	return text + " []" + rules(s.Items, depth)
}

// TestCards are cards of the seven kinds that the guide shows as samples.
func TestCards(t *testing.T) {
	for _, id := range []string{"createGlipAdaptiveCardNew", "updateGlipAdaptiveCardNew"} {
		for _, body := range []string{
			`{"type":"AdaptiveCard","version":"1.3","body":[{"type":"TextBlock","text":"Hi"}]}`,
			`{"type":"AdaptiveCard","version":"1.3","fallbackText":"A picture","body":[{"type":"Image","url":"https://a.example/b.png"}]}`,
			`{"type":"AdaptiveCard","version":"1.0","body":[{"type":"ColumnSet","columns":[{"type":"Column","width":"auto","items":[{"type":"Image","url":"https://a.example/b.png"}]}]},{"type":"FactSet","facts":[{"title":"A","value":"B"}]}]}`,
			`{"type":"AdaptiveCard","version":"1.3","body":[{"type":"RichTextBlock","inlines":[{"type":"TextRun","text":"a","color":"Good"}]}]}`,
			`{"type":"AdaptiveCard","version":"1.5","actions":[{"type":"Action.Submit","title":"View","data":{"a":"b"}}],"body":[{"type":"Input.Text","id":"a","placeholder":"b","label":"c"}]}`,
			`{"type":"AdaptiveCard","body":[{"type":"Container","items":[{"type":"Image","url":"https://a.example/b.png"},{"type":"ActionSet","actions":[{"type":"Action.Execute","verb":"go"}]}]}],"actions":[{"type":"Action.Execute","title":"Go"}]}`,
			`{"version":"1.3","lang":"de","body":[{"type":"TextBlock","text":"Hallo"}],"selectAction":{"type":"Action.Execute"},"backgroundImage":"https://a.example/b.png"}`,
		} {
			assert.Empty(t, Of(id).Request[0].Shape.Check(value(t, body)), body)
			read := Of("getGlipAdaptiveCardNew").Responses[0].Contents[0].Shape
			assert.JSONEq(t, body, string(Maker{}.Append(nil, read, value(t, body), "1")), "it is read as it was sent")
		}
		for body, path := range map[string]string{
			`{"body":"text"}`: "body", `{"body":["text"]}`: "body[0]", `{"lang":{}}`: "lang", `{"type":"Card"}`: "type",
		} {
			wrong := Of(id).Request[0].Shape.Check(value(t, body))
			require.Len(t, wrong, 1, body)
			assert.Equal(t, path, wrong[0].Path)
		}
	}
}
