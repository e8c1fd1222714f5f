package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/dashboard"
	"github.com/graduationkit/ringcentral/gradtest/discover"
	"github.com/graduationkit/ringcentral/gradtest/drift"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/report"
)

// form checks documents against what docs/json.md says of them.
type form struct {
	all  map[string]member
	seen map[string]bool
}

// check returns what is wrong with a value at a path.
func (f form) check(path string, value any) (faults []string) {
	switch v := value.(type) {
	case nil:
		return []string{path + " is null"}
	case map[string]any:
		prefix := ""
		if path != "" {
			prefix = path + "."
		}
		if m := f.all[path]; strings.Contains(m.kind, "object of") { // any name
			for _, inner := range v {
				faults = append(faults, f.check(path+".*", inner)...)
			}
			return faults
		}
		for name, inner := range v {
			if _, ok := f.all[prefix+name]; !ok {
				faults = append(faults, prefix+name+" is not documented")
			}
			f.seen[prefix+name] = true
			faults = append(faults, f.check(prefix+name, inner)...)
		}
		for _, m := range f.all {
			name, below := strings.CutPrefix(m.path, prefix)
			if _, ok := v[name]; m.always && below && !strings.ContainsAny(name, ".[") && !ok {
				faults = append(faults, m.path+" is missing")
			}
		}
	case []any:
		for _, inner := range v {
			faults = append(faults, f.check(path+"[]", inner)...)
		}
	}
	return faults
}

// TestJSONOutputs: what each verb writes with --json is what docs/json.md says. Every document is written at least
// once.
func TestJSONOutputs(t *testing.T) {
	forms := map[string]form{}
	written := map[string]bool{}
	for _, doc := range documents() {
		f := form{map[string]member{}, map[string]bool{}}
		for _, m := range members(t, doc.form) {
			f.all[m.path] = m
		}
		forms[doc.schema] = f
	}
	work := t.TempDir()
	t.Chdir(work)
	records, err := scene(`declare crm-sync graduation ReadCallLog,ReadMessages,Contacts,Voicemail readUserCallLog,listMessages,createContact
login 2h ReadCallLog,SMS
calls 12 readUserCallLog 200 1h heavy:10/60s site=crm/sync.go:3
calls 3 listMessages 404 2h
calls 5 createContact 200 1h by=call:createContact
calls 5 deleteContact 204 1h by=cleanup:createContact
`, time.Now())
	require.NoError(t, err)
	const app = "platform.example.com-0a1b2c3d"
	d, err := ledger.Open(filepath.Join(".gradtest", app))
	require.NoError(t, err)
	require.NoError(t, d.Append(t.Context(), records...))
	require.NoError(t, d.Close())
	for name, text := range map[string]string{
		"go.mod":  "module example.com/crm\n\ngo 1.26\n",
		"main.go": "package main\n\nimport \"net/http\"\n\nfunc main() {\n\t_, _ = http.Get(\"https://platform.ringcentral.com/restapi/v1.0/account/~/extension/~/call-log\")\n}\n",
	} {
		require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
	}
	self, err := os.Executable()
	require.NoError(t, err)

	for _, args := range []string{
		"status", "status --compare", "report", "report -f json", "plan", "calls", "calls --failed", "scopes", "scopes --why Contacts", "ops sms",
		"ops --edition 2021-03 glip", "explain CMN-401", "scan", "init", "ledger verify", "ledger export -o one.jsonl", "ledger verify one.jsonl",
		"ledger import --dir other one.jsonl", "ledger prune", "bundle -o evidence.zip", "verify evidence.zip",
		"record --emulator -- " + self + " -test.run=^$",
	} {
		words := strings.Fields(args)
		at := len(words)
		for i, w := range words {
			if w == "--" {
				at = i
				break
			}
		}
		words = append(words[:at:at], append([]string{"--json"}, words[at:]...)...)
		var out, errs bytes.Buffer
		status := Main(words, &out, &errs, func(string) string { return "" })
		require.NotEqual(t, statusError, status, "%v: %s", words, &errs)
		decoder := json.NewDecoder(&out)
		documents := 0
		for decoder.More() {
			var value map[string]any
			require.NoError(t, decoder.Decode(&value), "%v", words)
			schema := fmt.Sprint(value["schema"])
			f, known := forms[schema]
			require.True(t, known, "%v writes %q, which docs/json.md lacks", words, schema)
			assert.Empty(t, f.check("", value), "%v", words)
			written[schema] = true
			documents++
		}
		assert.NotZero(t, documents, "%v", words)
	}
	var out bytes.Buffer // vet needs a module that compiles: a script has it
	require.NoError(t, vetJSON(&out, drift.Report{Findings: []drift.Finding{{Kind: drift.Undeclared, Others: make([]discover.Place, 1)}}}))
	var value map[string]any
	require.NoError(t, json.Unmarshal(out.Bytes(), &value))
	assert.Empty(t, forms[vetSchema].check("", value))
	written[vetSchema] = true
	out.Reset() // emulator serves until it is interrupted
	value = nil
	ctx, interrupt := context.WithCancel(t.Context())
	root := newRoot(func(string) string { return "" })
	root.SetArgs([]string{"emulator", "--json", "--quiet"})
	root.SetOut(writerFunc(func(p []byte) (int, error) { interrupt(); return out.Write(p) }))
	require.NoError(t, root.ExecuteContext(ctx))
	require.NoError(t, json.Unmarshal(out.Bytes(), &value))
	assert.Empty(t, forms[emulatorSchema].check("", value))
	written[emulatorSchema] = true
	store := ledger.NewMemory()
	require.NoError(t, store.Append(t.Context(), records...))
	live, err := dashboard.New(t.Context(), dashboard.Config{Store: store, Origin: app})
	require.NoError(t, err)
	defer live.Close()
	for path, schema := range map[string]string{"progress": dashboard.ProgressSchema, "report": report.Schema} {
		answer := httptest.NewRecorder()
		live.ServeHTTP(answer, httptest.NewRequest("GET", "http://localhost/"+path+".json", nil))
		value = nil
		require.NoError(t, json.Unmarshal(answer.Body.Bytes(), &value))
		require.Equal(t, schema, value["schema"])
		assert.Empty(t, forms[schema].check("", value), path)
		written[schema] = true
	}
	for schema := range forms {
		assert.True(t, written[schema], "no verb of the test writes %s", schema)
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// TestJSONOutputsAreChecked: the check finds each kind of mistake.
func TestJSONOutputsAreChecked(t *testing.T) {
	f := form{map[string]member{
		"a": {path: "a", kind: "array of object", always: true}, "a[].b": {path: "a[].b", kind: "string", always: true},
		"m": {path: "m", kind: "object of number"},
	}, map[string]bool{}}
	for text, want := range map[string][]string{
		`{"a": [{"b": ""}], "m": {"x": 1}}`: nil,
		`{}`:                                {"a is missing"},
		`{"a": null}`:                       {"a is null"},
		`{"a": [{}]}`:                       {"a[].b is missing"},
		`{"a": [{"b": "", "c": 1}]}`:        {"a[].c is not documented"},
	} {
		var value any
		require.NoError(t, json.Unmarshal([]byte(text), &value))
		assert.Equal(t, want, f.check("", value), text)
	}
}

// printsNothing are the verbs without data to print: they serve, run a program, or print what a shell reads.
var printsNothing = map[string]bool{"dashboard": true, "completion": true, "help": true}

// TestEveryVerbHasJSON: a verb that prints data has --json, and its document is documented.
func TestEveryVerbHasJSON(t *testing.T) {
	documented := map[string]bool{"report": true} // as status
	for _, d := range documents() {
		documented[strings.TrimSuffix(d.verb, " EXPORT")] = true
	}
	var visit func(c *cobra.Command)
	visit = func(c *cobra.Command) {
		if len(c.Commands()) > 0 {
			for _, sub := range c.Commands() {
				visit(sub)
			}
			return
		}
		verb := strings.TrimPrefix(c.CommandPath(), "gradtest ")
		if printsNothing[verb] || !c.Runnable() {
			return
		}
		assert.NotNil(t, c.Flags().Lookup("json"), "gradtest %s has no --json", verb)
		assert.True(t, documented[verb], "add the document of gradtest %s to documents in json.go, and run go test -run JSONPage -update", verb)
	}
	visit(newRoot(func(string) string { return "" }))
}
