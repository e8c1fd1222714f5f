package cli

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write docs/json.md anew")

const (
	module   = "github.com/graduationkit/ringcentral"
	rootDir  = "../../.."
	jsonPage = rootDir + "/docs/json.md"
)

// member is a member of a JSON document.
type member struct {
	path    string // such as rules[].fix
	kind    string // such as string, number, array
	always  bool   // every object that it belongs to has it
	meaning string
}

// members lists what a Go type is written as.
func members(t *testing.T, form any) []member {
	t.Helper()
	var all []member
	var walk func(prefix string, typ reflect.Type)
	walk = func(prefix string, typ reflect.Type) {
		comments := commentsOf(t, typ)
		for i := range typ.NumField() {
			f := typ.Field(i)
			name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
			if name == "-" || !f.IsExported() {
				continue
			}
			if f.Anonymous && name == "" {
				walk(prefix, f.Type)
				continue
			}
			m := member{path: prefix + name, always: !strings.Contains(options, "omit"), meaning: comments[f.Name]}
			if m.meaning == "" {
				m.meaning = obvious[name]
			}
			kind, inner, below := kindOf(f.Type)
			m.kind = kind
			all = append(all, m)
			if inner != nil {
				walk(m.path+below+".", inner)
			}
		}
	}
	walk("", reflect.TypeOf(form))
	return all
}

// kindOf names the JSON type of a Go type. inner is the struct in it, and path leads there; nil: it has none.
func kindOf(typ reflect.Type) (kind string, inner reflect.Type, path string) {
	if typ == reflect.TypeFor[time.Time]() {
		return "time", nil, ""
	}
	switch typ.Kind() {
	case reflect.Pointer:
		return kindOf(typ.Elem())
	case reflect.Slice:
		kind, inner, path := kindOf(typ.Elem())
		return "array of " + kind, inner, "[]" + path
	case reflect.Map:
		kind, inner, path := kindOf(typ.Elem())
		return "object of " + kind, inner, ".*" + path
	case reflect.Struct:
		return "object", typ, ""
	case reflect.Bool:
		return "boolean", nil, ""
	case reflect.String:
		return "string", nil, ""
	}
	return "number", nil, ""
}

// obvious explains members that have the same meaning everywhere.
var obvious = map[string]string{
	"schema": "name of this form", "app": "declared name of the app", "method": "HTTP method", "path": "path template",
	"operation": "operation id", "group": "usage-plan group", "scope": "app scope", "declared": "an endpoint declares it",
	"at": "when it was judged", "ok": "whether it is as needed", "file": "name of the file", "line": "line in the file",
	"calls": "number of calls", "records": "number of records", "declarations": "number of declarations",
	"notes": "what else a reader should know, in sentences", "rule": "name of the rule", "got": "what there is",
	"need": "what is needed", "fix": "what to do", "note": "what else is worth knowing", "name": "its name",
	"policy": "name and version of the policy", "ready": "whether the app is ready", "status": "HTTP status",
	"first": "time of the first record", "last": "time of the last record", "successes": "number of successes",
	"errors": "number of errors", "exempt": "why it cannot be called", "code": "error code", "meaning": "what the code means",
	"bytes": "size in bytes", "message": "what is wrong, in words", "ledger": "name of the ledger's directory",
	"endpoints": "one for each endpoint", "scopes": "one for each app scope", "rules": "one for each rule",
	"ratios": "one for each share of errors", "groups": "one for each group", "signed": "whether there is a signature",
	"missing": "number of successful calls still needed", "id": "operation id", "package": "import path of the package",
	"deprecated": "the platform advises against it", "success": "documented statuses from 200 to 399",
	"contentTypes": "content types of the request", "pathParams": "parameters in the path",
	"requiredQuery": "required query parameters", "signature": "the signature of the bundle",
	"manifest": "what the bundle says of itself", "day": "UTC day", "h": "hash of the last record of the day",
	"n": "number of records in the chain of the day", "endpoint": "name of the declared endpoint that it was made for",
	"outcome": "success, failure, unknown or fault", "requestId": "the platform's request id", "test": "name of the test that made it",
	"faults": "what is wrong", "oauth": "an authorization request", "forecast": "when to apply", "needs": "the calls that would meet every rule",
	"total": "number of calls in all", "origin": "where the evidence comes from", "server": "emulator, local server or host",
	"misses": "the rules that do not hold", "what": "what is in the way, in words",
}

var comments = map[string]map[string]map[string]string{} // by package, type and field

// commentsOf returns the comments of a struct's fields in its source.
func commentsOf(t *testing.T, typ reflect.Type) map[string]string {
	t.Helper()
	rel, ok := strings.CutPrefix(typ.PkgPath(), module)
	if !ok {
		return nil
	}
	if comments[rel] == nil {
		comments[rel] = map[string]map[string]string{}
		files, err := filepath.Glob(filepath.Join(rootDir, filepath.FromSlash(rel), "*.go"))
		require.NoError(t, err)
		require.NotEmpty(t, files, "the test has left the directory of the package")
		for _, name := range files {
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments|parser.SkipObjectResolution)
			require.NoError(t, err)
			ast.Inspect(file, func(n ast.Node) bool {
				spec, ok := n.(*ast.TypeSpec)
				if !ok {
					return true
				}
				s, ok := spec.Type.(*ast.StructType)
				if !ok {
					return true
				}
				fields := map[string]string{}
				for _, f := range s.Fields.List {
					text := strings.TrimSpace(f.Comment.Text())
					if text == "" {
						text = strings.TrimSuffix(strings.TrimSpace(f.Doc.Text()), ".")
					}
					for _, id := range f.Names {
						fields[id.Name] = strings.Join(strings.Fields(text), " ")
					}
				}
				comments[rel][spec.Name.Name] = fields
				return true
			})
		}
	}
	return comments[rel][typ.Name()]
}

// page writes docs/json.md.
func page(t *testing.T) string {
	var b strings.Builder
	b.WriteString(`# JSON

Every verb that prints data writes it as JSON with ` + "`--json`" + `: one document on standard output, indented, with a final
newline. Errors go to standard error, and the exit status is the same as without ` + "`--json`" + `. The member ` + "`schema`" + ` names the
form and its version. Within a version members are only added, so a reader must pass over those that it does not know.

Times are in UTC, as in RFC 3339. A list without elements is an empty array or absent, never null. A member that does not
apply is absent, where this page says so. ` + "`rules[].fix`" + ` is the member ` + "`fix`" + ` of each element of the list ` + "`rules`" + `, and ` + "`.*`" + `
is any name. ` + "`gradtest dashboard`" + ` serves two of the forms while it runs.

This page is made from the source: ` + "`go test ./gradtest/internal/cli -run JSONPage -update`" + `.

| form | written by | what it is |
| --- | --- | --- |
`)
	for _, d := range documents() {
		fmt.Fprintf(&b, "| [`%s`](#%s) | %s | %s |\n", d.schema, anchor(d.schema), d.source(), d.about)
	}
	for _, d := range documents() {
		fmt.Fprintf(&b, "\n## %s\n\nWritten by %s: %s.\n\n| member | type | meaning |\n| --- | --- | --- |\n",
			d.schema, d.source(), d.about)
		for _, m := range members(t, d.form) {
			meaning := m.meaning
			if !m.always && !strings.Contains(meaning, "absent") {
				meaning += "; can be absent"
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s |\n", m.path, m.kind, strings.NewReplacer("|", `\|`, "<", "&lt;").Replace(meaning))
		}
	}
	return b.String()
}

// anchor is the anchor of a heading on GitHub.
func anchor(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return -1
	}, heading)
}

// TestJSONPage: docs/json.md lists every member of every document, and says what each means.
func TestJSONPage(t *testing.T) {
	for _, d := range documents() {
		all := members(t, d.form)
		assert.Equal(t, "schema", firstSchema(all), d.schema)
		for _, m := range all {
			assert.NotEmpty(t, m.meaning, "%s: %s has no comment in the source", d.schema, m.path)
		}
	}
	want := page(t)
	if *update {
		require.NoError(t, os.WriteFile(jsonPage, []byte(want), 0o644))
	}
	got, err := os.ReadFile(jsonPage)
	require.NoError(t, err, "run go test -update")
	assert.Equal(t, want, string(got), "run go test -run JSONPage -update")
}

func firstSchema(all []member) string {
	for _, m := range all {
		if m.path == "schema" {
			return m.path
		}
	}
	return ""
}
