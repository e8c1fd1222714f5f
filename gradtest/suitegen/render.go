package suitegen

import (
	"cmp"
	"fmt"
	"go/format"
	"slices"
	"strconv"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// writer writes a suite as Go source.
type writer struct {
	names  names
	made   map[string]bool   // it is a function
	vars   map[string]string // by token: the variable that has its value
	shared map[string]string // by operation ID: the variable or function with its body
	decls  []string          // their declarations
}

// Generate returns the source of a new test file with a suite of the operations.
func Generate(r Request) ([]byte, error) {
	ops := r.operations()
	if len(ops) == 0 {
		return nil, ErrNothing
	}
	endpoints := plan(ops)
	w := &writer{names: newNames(r.Taken), shared: make(map[string]string), made: make(map[string]bool)}
	app, test := w.names.free("app", "graduationApp"), w.names.free("TestGraduation", "TestGraduationSuite")
	w.shareAll(endpoints)
	var b strings.Builder
	wrap(&b, app+" declares what the app calls on the RingCentral platform. gradtest init adds to it what is new, "+
		"and changes nothing that is there: edit it freely. An endpoint that you remove does not come back, because "+
		"the lines below name all that were added once.")
	fmt.Fprintf(&b, "//\n%svar %s = gradtest.App{\n", directives(endpoints), app)
	if r.App != "" {
		fmt.Fprintf(&b, "Name: %q,\n", r.App)
	}
	if scopes := scopesOf(endpoints); len(scopes) > 0 {
		b.WriteString("Scopes: []rcapi.Scope{\n" + w.scopes(scopes) + "},\n")
	}
	b.WriteString("Endpoints: []gradtest.Endpoint{\n")
	for i, e := range endpoints {
		if len(e.for_) > 0 && (i == 0 || len(endpoints[i-1].for_) == 0) {
			b.WriteString("\n// The suite itself calls these, to find, create or remove what the endpoints above need.\n")
		}
		b.WriteString(comments(e) + w.endpoint(e))
	}
	for _, n := range r.Notes {
		wrap(&b, "TODO: "+n)
	}
	b.WriteString("},\n}\n\n")
	fmt.Fprintf(&b, "func %s(t *testing.T) { gradtest.Run(t, %s) }\n", test, app)
	for _, d := range w.decls {
		b.WriteString("\n" + d)
	}
	names := qualify(r.Taken, b.String(), nil)
	source := "package " + cmp.Or(r.Package, "graduation") + "\n\nimport (\n" + importBlock(names.lines) + ")\n\n" +
		b.String()
	source, err := requalify(source, names.of)
	if err != nil {
		return nil, fmt.Errorf("suitegen: the generated source is not Go: %w\n%s", err, source)
	}
	out, err := format.Source([]byte(source))
	if err != nil {
		return nil, fmt.Errorf("suitegen: the generated source is not Go: %w", err)
	}
	return out, nil
}

// shareAll declares the bodies of what endpoints create in Prepare.
func (w *writer) shareAll(endpoints []*endpoint) {
	for _, e := range endpoints {
		for _, s := range e.ids {
			if s.fresh && s.body == nil {
				w.share(s.op)
			}
		}
	}
}

// bodyName is the variable or function with the body of an operation; empty for one that the catalogue lacks.
func bodyName(op rcapi.Operation) string {
	if op.GoName() == "" {
		return ""
	}
	return op.ID + "Body"
}

// share declares the body of an operation that creates something, because several endpoints send it, and returns its
// name; nil if the operation has no body.
func (w *writer) share(op rcapi.Operation) string {
	if name := w.shared[op.ID]; name != "" {
		return name
	}
	b := bodyOf(op)
	if b == nil {
		return "nil"
	}
	name := w.names.free(bodyName(op))
	w.shared[op.ID], w.made[op.ID] = name, b.dynamic()
	var decl string
	if !b.dynamic() {
		decl = "var " + name + " = " + w.source(b) + "\n"
	} else {
		vars, value := w.hoisted(b)
		decl = "func " + name + "(c *gradtest.Call) any {\n" + vars + "return " + value + "\n}\n"
	}
	w.decls = append(w.decls, decl)
	return name
}

// bodyExpression returns the Go expression of the body of an operation; empty for none.
func (w *writer) bodyExpression(op rcapi.Operation, b *body) string {
	if name := w.shared[op.ID]; name != "" {
		if w.made[op.ID] {
			return name + "(c)"
		}
		return name
	}
	if b == nil {
		return ""
	}
	return w.source(b)
}

// source returns the Go expression of a body.
func (w *writer) source(b *body) string {
	switch {
	case b.file != "":
		field := ""
		if b.form != "" {
			field = fmt.Sprintf("Field: %q, ", b.form)
		}
		json := ""
		if b.json != "" {
			json = "JSON: " + w.literalOf(b.json) + ",\n"
		}
		file := fmt.Sprintf("{%sName: %q, ContentType: %q, Data: []byte(%q)}", field, files[b.file].name, b.file,
			files[b.file].data)
		return "gradtest.Multipart{\n" + json + "Files: []gradtest.File{" + file + "},\n}"
	case b.text != "":
		return strconv.Quote(b.text)
	}
	return w.literalOf(b.json)
}

// scopes returns the lines of App.Scopes.
func (w *writer) scopes(scopes []rcapi.Scope) string {
	var b strings.Builder
	for _, s := range scopes {
		fmt.Fprintf(&b, "%#v,\n", s)
	}
	return b.String()
}

// field is a field of an endpoint's literal.
type field struct{ name, value string }

// endpoint returns the literal of an endpoint, with its comments.
func (w *writer) endpoint(e *endpoint) string {
	fields := []field{{"Op", e.Op.GoString()}}
	add := func(name, value string) { fields = append(fields, field{name, value}) }
	if e.exempt != "" {
		add("Exempt", strconv.Quote(e.exempt))
		return w.literal(fields)
	}
	var params []string
	for _, s := range e.ids {
		if s.fixed != "" {
			params = append(params, fmt.Sprintf("%q: %q", s.param, s.fixed))
		}
	}
	if params != nil {
		add("Params", "map[string]string{"+strings.Join(params, ", ")+"}")
	}
	if e.query != nil {
		add("Query", w.values(e.query))
	}
	if e.body != nil && e.body.text != "" {
		add("Header", `http.Header{"Content-Type": {"text/plain"}}`)
	}
	body := ""
	if e.read.ID == "" {
		body = w.bodyExpression(e.Op, e.body)
	}
	if body != "" && !e.body.dynamic() {
		add("Body", body)
		body = ""
	}
	if prepare := w.prepare(e, body); prepare != "" {
		add("Prepare", prepare)
	}
	if e.cleanup.ID != "" {
		add("Cleanup", fmt.Sprintf("gradtest.Delete(%s, %q, %q)", e.cleanup.GoString(), e.removes, e.gone))
	}
	return w.literal(fields)
}

// prepare returns the Prepare of an endpoint; empty for none. body is the expression of a body that depends on the
// call.
func (w *writer) prepare(e *endpoint, body string) string {
	var steps []string
	for _, s := range e.ids {
		query := ""
		if s.query != nil {
			query = ", " + w.values(s.query)
		}
		from, made := "List", ""
		switch {
		case s.fixed != "" && slices.Contains(e.Op.PathParams, s.param):
			continue
		case s.fresh && s.body != nil:
			vars, value := w.hoisted(s.body)
			from, made = "New", "func(c *gradtest.Call) any {\n"+vars+"return "+value+"\n}, "
		case s.fresh:
			from, made = "New", w.share(s.op)+", "
		}
		step := fmt.Sprintf("gradtest.From%s(%s, %s%q, %q%s)", from, s.op.GoString(), made, s.path, s.param, query)
		if len(step) > width && query != "" {
			step = strings.Replace(strings.TrimSuffix(step, ")"), query, ",\n"+strings.TrimPrefix(query, ", ")+",\n)", 1)
			step = strings.Replace(step, "(", "(\n", 1)
		}
		steps = append(steps, step)
	}
	if e.read.ID != "" {
		members := ""
		for _, m := range e.members {
			members += fmt.Sprintf(", %q", m)
		}
		steps = append(steps, fmt.Sprintf("gradtest.SendBack(%s%s)", e.read.GoString(), members))
	}
	if body != "" {
		vars := ""
		if w.shared[e.Op.ID] == "" {
			vars, body = w.hoisted(e.body)
		}
		steps = append(steps, "func(c *gradtest.Call) {\n"+vars+"c.Body = "+body+"\n}")
	}
	switch len(steps) {
	case 0:
		return ""
	case 1:
		return steps[0]
	}
	return "gradtest.InOrder(\n" + strings.Join(steps, ",\n") + ",\n)"
}

// values returns a query as a Go expression.
func (w *writer) values(query []pair) string {
	var all []string
	for _, p := range query {
		all = append(all, fmt.Sprintf("%q: {%s}", p.name, w.expression(p.value)))
	}
	return "url.Values{" + strings.Join(all, ", ") + "}"
}

// literal writes fields in one line if they fit, else one a line.
func (w *writer) literal(fields []field) string {
	parts := make([]string, len(fields))
	for i, f := range fields {
		parts[i] = f.name + ": " + f.value
	}
	one := "{" + strings.Join(parts, ", ") + "},\n"
	if len(one) <= width && !strings.Contains(one[:len(one)-1], "\n") {
		return one
	}
	return "{\n" + strings.Join(parts, ",\n") + ",\n},\n"
}
