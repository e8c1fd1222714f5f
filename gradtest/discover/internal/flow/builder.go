package flow

import (
	"go/types"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// built evaluates what was written to a strings.Builder or bytes.Buffer before l.at. What a loop writes is not known.
func (e *Evaluator) built(l loc) string {
	var parts []string // last first
	finish := func() string {
		slices.Reverse(parts)
		return strings.Join(parts, "")
	}
	for range 50 {
		switch v := l.v.(type) {
		case *ssa.FieldAddr, *ssa.IndexAddr, *ssa.Global:
			parts = append(parts, anyText)
			return finish()
		case *ssa.Call:
			if fn := v.Call.StaticCallee(); fn != nil && (fn.String() == "bytes.NewBufferString" || fn.String() == "bytes.NewBuffer") {
				e.appended(l, &parts)
				parts = append(parts, e.text(v.Call.Args[0], l.f))
				return finish()
			}
		}
		e.appended(l, &parts)
		if _, ok := l.v.(*ssa.Alloc); ok {
			return finish()
		}
		next, ok := e.step(l)
		if !ok || next.v == nil {
			parts = append(parts, anyText)
			return finish()
		}
		l = next
	}
	panic(impossible{})
}

// appended collects the writes of one function, the last first.
func (e *Evaluator) appended(l loc, parts *[]string) {
	var found []write
	for _, w := range e.writesOf(l.v) {
		if w.kind == stored || len(w.path) > 0 {
			continue
		}
		if call, ok := w.at.(ssa.CallInstruction); ok && (appends(call) || w.kind == passed) && len(found) < 60 {
			found = append(found, w)
		}
	}
	if len(found) == 0 {
		return
	}
	looped := e.walkBack(l.f, l.at, definition(l.v), found, func(w *write) bool {
		*parts = append(*parts, e.appendedText(w, l.f))
		return false
	})
	if looped {
		*parts = append(*parts, anyText)
	}
}

func appends(call ssa.CallInstruction) bool {
	fn := call.Common().StaticCallee()
	if fn == nil {
		return false
	}
	switch fn.String() {
	case "(*strings.Builder).WriteString", "(*strings.Builder).WriteByte", "(*strings.Builder).WriteRune", "(*strings.Builder).Write",
		"(*bytes.Buffer).WriteString", "(*bytes.Buffer).WriteByte", "(*bytes.Buffer).WriteRune", "(*bytes.Buffer).Write",
		"fmt.Fprintf", "fmt.Fprint", "fmt.Fprintln", "io.WriteString",
		"(*text/template.Template).Execute", "(*html/template.Template).Execute":
		return true
	}
	return false
}

func (e *Evaluator) appendedText(w *write, f *Frame) string {
	call := w.at.(ssa.CallInstruction)
	if w.kind == passed {
		fn, frame := e.callee(call, f)
		if fn == nil || len(fn.Blocks) == 0 || f.tooDeep(fn) || w.arg >= len(fn.Params) {
			return anyText
		}
		var parts []string
		for _, b := range fn.Blocks {
			if r, ok := lastOf(b).(*ssa.Return); ok {
				e.appended(loc{v: fn.Params[w.arg], f: frame, at: r}, &parts)
				break
			}
		}
		slices.Reverse(parts)
		return strings.Join(parts, "")
	}
	fn, args := call.Common().StaticCallee(), call.Common().Args
	at := w.at
	switch fn.Name() {
	case "WriteString", "Write":
		return e.text(args[1], f)
	case "WriteByte", "WriteRune":
		return byteText(e.text(args[1], f))
	case "Fprintf":
		return sprintf(e.text(args[1], f), e.variadic(args[2], f, at))
	case "Fprint", "Fprintln":
		return strings.Join(e.variadic(args[1], f, at), "")
	case "Execute":
		return e.template(loc{v: args[0], f: f, at: at})
	}
	return anyText
}

var action = regexp.MustCompile(`\{\{[^}]*\}\}`)

// template returns the text of a template with holes for its actions.
func (e *Evaluator) template(l loc) string {
	l = e.resolve(l)
	v := l.v
	if x, ok := v.(*ssa.Extract); ok {
		v = x.Tuple
	}
	c, ok := v.(*ssa.Call)
	if !ok || c.Call.StaticCallee() == nil {
		return anyText
	}
	switch c.Call.StaticCallee().Name() {
	case "Must":
		return e.template(loc{v: c.Call.Args[0], f: l.f, at: c})
	case "Parse":
		return action.ReplaceAllString(e.text(c.Call.Args[1], l.f), hole)
	}
	return anyText
}

// replacer evaluates strings.NewReplacer(…).Replace.
func (e *Evaluator) replacer(args []ssa.Value, f *Frame) string {
	s := e.text(args[1], f)
	l := e.resolve(loc{v: args[0], f: f, at: definition(args[0])})
	c, ok := l.v.(*ssa.Call)
	if !ok || c.Call.StaticCallee() == nil || c.Call.StaticCallee().String() != "strings.NewReplacer" {
		return anyText
	}
	pairs := e.variadic(c.Call.Args[0], l.f, c)
	if len(pairs)%2 != 0 {
		return anyText
	}
	return strings.NewReplacer(pairs...).Replace(s)
}

// regexpReplace evaluates Regexp.ReplaceAllString with a known expression.
func (e *Evaluator) regexpReplace(args []ssa.Value, f *Frame) string {
	s, with := e.text(args[1], f), hole // what a function makes of each match is not known
	if _, ok := args[2].Type().Underlying().(*types.Signature); !ok {
		with = e.text(args[2], f)
	}
	l := e.resolve(loc{v: args[0], f: f, at: definition(args[0])})
	v := l.v
	if x, ok := v.(*ssa.Extract); ok {
		v = x.Tuple
	}
	c, ok := v.(*ssa.Call)
	if !ok || c.Call.StaticCallee() == nil || !strings.HasSuffix(c.Call.StaticCallee().Name(), "Compile") {
		return anyText
	}
	re, err := regexp.Compile(e.text(c.Call.Args[0], l.f))
	if err != nil {
		return anyText
	}
	return re.ReplaceAllString(s, with)
}
