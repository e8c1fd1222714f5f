package flow

import (
	"go/types"
	"path"
	"strings"
	"unicode"

	"golang.org/x/tools/go/ssa"
)

// predicates decide conditions over texts; ok is false if what is known is not enough.
var predicates = map[string]func(s, t string) (value, ok bool){
	"strings.HasPrefix": func(s, t string) (bool, bool) {
		n := strings.IndexAny(s, holes)
		if !Known(t) {
			return false, false
		}
		if n < 0 || n >= len(t) {
			return strings.HasPrefix(s, t), true
		}
		return false, n > 0 && !strings.HasPrefix(t, s[:n])
	},
	"strings.HasSuffix": func(s, t string) (bool, bool) {
		return strings.HasSuffix(s, t), Known(s) && Known(t)
	},
	"strings.Contains": func(s, t string) (bool, bool) {
		if Known(t) && strings.Contains(s, t) {
			return true, true
		}
		return false, Known(s) && Known(t)
	},
	"strings.EqualFold": func(s, t string) (bool, bool) {
		return strings.EqualFold(s, t), Known(s) && Known(t)
	},
}

// intrinsics are functions of the standard library that are known by what they do to text.
var intrinsics = map[string]func(a []string) string{
	"strings.ReplaceAll":         func(a []string) string { return replace(a[0], a[1], a[2]) },
	"strings.Replace":            func(a []string) string { return replace(a[0], a[1], a[2]) },
	"strings.TrimPrefix":         func(a []string) string { return strings.TrimPrefix(a[0], a[1]) },
	"strings.TrimSuffix":         func(a []string) string { return strings.TrimSuffix(a[0], a[1]) },
	"strings.TrimRight":          func(a []string) string { return strings.TrimRight(a[0], a[1]) },
	"strings.TrimLeft":           func(a []string) string { return strings.TrimLeft(a[0], a[1]) },
	"strings.Trim":               func(a []string) string { return strings.Trim(a[0], a[1]) },
	"strings.TrimSpace":          func(a []string) string { return strings.TrimSpace(a[0]) },
	"strings.ToUpper":            func(a []string) string { return strings.ToUpper(a[0]) },
	"strings.ToLower":            func(a []string) string { return strings.ToLower(a[0]) },
	"strings.Clone":              func(a []string) string { return a[0] },
	"strings.Repeat":             func(a []string) string { return anyText },
	"net/url.PathEscape":         func(a []string) string { return segment(a[0]) },
	"net/url.QueryEscape":        func(a []string) string { return segment(a[0]) },
	"net/url.PathUnescape":       func(a []string) string { return a[0] },
	"net/url.QueryUnescape":      func(a []string) string { return a[0] },
	"strconv.Itoa":               func(a []string) string { return a[0] },
	"strconv.FormatInt":          func(a []string) string { return a[0] },
	"strconv.FormatUint":         func(a []string) string { return a[0] },
	"strconv.Quote":              func(a []string) string { return `"` + a[0] + `"` },
	"html.EscapeString":          func(a []string) string { return a[0] },
	"path.Clean":                 func(a []string) string { return path.Clean(a[0]) },
	"path.Base":                  func(a []string) string { return path.Base(a[0]) },
	"path.Dir":                   func(a []string) string { return path.Dir(a[0]) },
	"(net/url.Values).Encode":    func(a []string) string { return queryText },
	"(*net/url.URL).Query":       func(a []string) string { return queryText },
	"(reflect.Value).String":     func(a []string) string { return hole },
	"net/http.StatusText":        func(a []string) string { return hole },
	"os.Getenv":                  func(a []string) string { return unknown(a[0]) },
	"github.com/google/uuid.New": func(a []string) string { return hole },
}

func replace(s, old, with string) string {
	if old == "" || !Known(old) {
		if strings.Contains(old, "{") || Known(s) && Known(with) {
			return s
		}
		return s
	}
	return strings.ReplaceAll(s, old, with)
}

// segment escapes a text: what it holds has no slash.
func segment(s string) string {
	s = strings.ReplaceAll(s, "/", "%2F")
	return strings.NewReplacer(anyText, hole, queryText, hole).Replace(s)
}

// intrinsic reports whether a function is evaluated by what it is known to do, not by its body.
func (e *Evaluator) intrinsic(fn *ssa.Function) bool {
	_, ok := intrinsics[fn.String()]
	return ok
}

// call evaluates a call that returns a text; ok is false if its body is to be followed.
func (e *Evaluator) call(c *ssa.Call, f *Frame) (string, bool) {
	if b, ok := c.Call.Value.(*ssa.Builtin); ok {
		if b.Name() == "append" { // bytes
			tail := e.text(c.Call.Args[1], f)
			return e.text(c.Call.Args[0], f) + tail, true
		}
		return hole, true
	}
	fn := c.Call.StaticCallee()
	if fn == nil {
		return "", false
	}
	name := fn.String()
	if fn.Origin() != nil {
		name = fn.Origin().String()
	}
	args := c.Call.Args
	if do, ok := intrinsics[name]; ok {
		texts := make([]string, len(args))
		for i, a := range args {
			if isTextual(a) {
				texts[i] = e.text(a, f)
			}
		}
		return do(texts), true
	}
	switch name {
	case "fmt.Sprintf":
		return e.sprintfBehind(e.text(args[0], f), e.lazy(args[1], f, c)), true
	case "fmt.Sprint", "fmt.Sprintln":
		return strings.Join(e.variadic(args[0], f, c), ""), true
	case "path.Join":
		return pathJoin(e.variadic(args[0], f, c)), true
	case "net/url.JoinPath":
		return e.joinBehind(func() string { return e.text(args[0], f) }, e.variadic(args[1], f, c)), true
	case "strings.Join":
		return e.join(args, f, c), true
	case "cmp.Or":
		return e.or(args[0], f, c), true
	case "(*strings.Builder).String", "(*bytes.Buffer).String", "(*bytes.Buffer).Bytes":
		return e.built(loc{v: args[0], f: f, at: c}), true
	case "(*net/url.URL).String", "(*net/url.URL).RequestURI", "(*net/url.URL).EscapedPath":
		s := e.url(loc{v: args[0], f: f, at: c})
		if fn.Name() != "String" {
			_, s = splitHost(s)
		}
		return s, true
	case "(*strings.Replacer).Replace":
		return e.replacer(args, f), true
	case "(*regexp.Regexp).ReplaceAllString", "(*regexp.Regexp).ReplaceAllLiteralString",
		"(*regexp.Regexp).ReplaceAllStringFunc":
		return e.regexpReplace(args, f), true
	case "os.Expand", "os.ExpandEnv":
		return expand(e.text(args[0], f)), true
	}
	return "", false
}

// tuple evaluates a call that returns several values, one of them a text.
func (e *Evaluator) tuple(c *ssa.Call, i int, f *Frame) (string, bool) {
	fn := c.Call.StaticCallee()
	if fn == nil {
		return "", false
	}
	args := c.Call.Args
	switch fn.String() {
	case "net/url.JoinPath":
		return e.joinBehind(func() string { return e.text(args[0], f) }, e.variadic(args[1], f, c)), true
	case "net/url.PathUnescape", "net/url.QueryUnescape":
		return e.text(args[0], f), true
	case "strings.Cut":
		s, sep := e.text(args[0], f), e.text(args[1], f)
		before, after, found := strings.Cut(s, sep)
		switch {
		case i == 0:
			return before, true
		case i == 1 && (found || Known(s)):
			return after, true
		}
		return anyText, true
	case "strings.CutPrefix", "strings.CutSuffix":
		s, t := e.text(args[0], f), e.text(args[1], f)
		if fn.Name() == "CutPrefix" {
			return strings.TrimPrefix(s, t), true
		}
		return strings.TrimSuffix(s, t), true
	case "os.ReadFile", "io.ReadAll", "os.LookupEnv":
		return anyText, true
	case "(embed.FS).ReadFile", "io/fs.ReadFile":
		if i == 0 {
			return e.embedded(c, f), true
		}
	}
	return "", false
}

// variadic evaluates the arguments of a variadic call.
func (e *Evaluator) variadic(v ssa.Value, f *Frame, at ssa.Instruction) []string {
	els, ok := e.elements(loc{v: v, f: f, at: at}, make(map[ssa.Value]bool))
	if !ok {
		return []string{anyText}
	}
	texts := make([]string, len(els))
	for i, el := range els {
		texts[i] = e.elementText(el)
	}
	return texts
}

// lazy is variadic with texts that are evaluated when they are needed.
func (e *Evaluator) lazy(v ssa.Value, f *Frame, at ssa.Instruction) []func() string {
	els, ok := e.elements(loc{v: v, f: f, at: at}, make(map[ssa.Value]bool))
	if !ok {
		return []func() string{func() string { return anyText }}
	}
	texts := make([]func() string, len(els))
	for i, el := range els {
		texts[i] = func() string { return e.elementText(el) }
	}
	return texts
}

// joinBehind joins the elements of a path to a base.
func (e *Evaluator) joinBehind(base func() string, elems []string) string {
	path := joinPath("", elems...)
	if e.config.Distinctive("/" + strings.TrimPrefix(path, "/")) {
		return joinPath(e.settled(base), elems...)
	}
	return joinPath(base(), elems...)
}

func (e *Evaluator) elementText(el element) (s string) {
	var l loc
	defer func() { e.climbs = append(e.climbs, climb{l.f, s}) }()
	if el.value {
		l = e.read(el.loc, el.path)
		return e.textOf(l)
	}
	l = e.readMemory(el.loc, el.path)
	if m, ok := l.v.(*ssa.MakeInterface); ok && !l.zero {
		return e.stringer(m, l.f)
	}
	return e.textOf(l)
}

// stringer evaluates how fmt prints a value: by its String method, if it has one in the program.
func (e *Evaluator) stringer(m *ssa.MakeInterface, f *Frame) string {
	if isURL(m.X.Type()) {
		return e.url(loc{v: m.X, f: f, at: m})
	}
	if fn := method(m.Parent().Prog, m.X.Type(), nil, "String"); fn != nil && len(fn.Blocks) > 0 && !f.tooDeep(fn) {
		frame := &Frame{Fn: fn, id: e.frameID(f.id, m, 'd'), parent: f, call: nil, origin: f, depth: f.depth + 1}
		frame.bound = m.X
		return e.returned(fn, frame)
	}
	if !isTextual(m.X) {
		e.because("a %s is formatted", m.X.Type())
		return hole
	}
	if b, ok := m.X.Type().Underlying().(*types.Basic); ok && b.Info()&types.IsNumeric != 0 {
		// A number is an id or a count: which one decides nothing.
		if s := e.settled(func() string { return e.text(m.X, f) }); Known(s) {
			return s
		}
		return hole
	}
	return e.text(m.X, f)
}

func (e *Evaluator) returned(fn *ssa.Function, frame *Frame) string {
	var returns []*ssa.Return
	for _, b := range fn.Blocks {
		if r, ok := lastOf(b).(*ssa.Return); ok && len(r.Results) > 0 {
			returns = append(returns, r)
		}
	}
	r := returns[e.choose(choiceKey{frame.id, "return"}, len(returns))]
	e.checkReached(frame, r.Block())
	return e.text(r.Results[0], frame)
}

func pathJoin(parts []string) string {
	s := path.Join(parts...)
	return s
}

// or evaluates cmp.Or: the first that is known wins over those that may be empty.
func (e *Evaluator) or(v ssa.Value, f *Frame, at ssa.Instruction) string {
	last := ""
	for _, s := range e.variadic(v, f, at) {
		if s != "" && Known(s) {
			return s
		}
		if last == "" {
			last = s
		}
	}
	return last
}

// join evaluates strings.Join. A list that grows is known in its beginning only.
func (e *Evaluator) join(args []ssa.Value, f *Frame, at ssa.Instruction) string {
	sep := e.text(args[1], f)
	if s, ok := e.joined(loc{v: args[0], f: f, at: at}, sep); ok {
		return s
	}
	return strings.Join(e.variadic(args[0], f, at), sep)
}

func expand(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '$' {
			b.WriteByte(s[i])
			continue
		}
		b.WriteString(anyText)
		if i+1 < len(s) && s[i+1] == '{' {
			for i < len(s) && s[i] != '}' {
				i++
			}
			continue
		}
		for i+1 < len(s) && (s[i+1] == '_' || unicode.IsLetter(rune(s[i+1])) || unicode.IsDigit(rune(s[i+1]))) {
			i++
		}
	}
	return b.String()
}
