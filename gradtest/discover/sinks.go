package discover

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/graduationkit/ringcentral/gradtest/discover/internal/flow"
)

// sink is an instruction that sends a request, or makes one to be sent.
type sink struct {
	at      ssa.Instruction
	via     string
	request func(*flow.Run) (method, url string)
	perhaps bool // it sends only if the function or interface value is one of net/http
}

// standard are the functions of net/http: the method or the index of its argument, and the index of the URL.
var standard = map[string]struct {
	method    string
	methodArg int
	url       int
}{
	"net/http.NewRequest":            {"", 0, 1},
	"net/http.NewRequestWithContext": {"", 1, 2},
	"net/http.Get":                   {"GET", 0, 0},
	"net/http.Head":                  {"HEAD", 0, 0},
	"net/http.Post":                  {"POST", 0, 0},
	"net/http.PostForm":              {"POST", 0, 0},
	"(*net/http.Client).Get":         {"GET", 0, 1},
	"(*net/http.Client).Head":        {"HEAD", 0, 1},
	"(*net/http.Client).Post":        {"POST", 0, 1},
	"(*net/http.Client).PostForm":    {"POST", 0, 1},
}

// sinks returns the sinks of the program in the order of their positions.
func (s *scanner) sinks() (found []sink) {
	for _, fn := range s.functions {
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				switch in := in.(type) {
				case ssa.CallInstruction:
					if k, ok := callSink(in); ok {
						found = append(found, k)
					}
				case *ssa.Alloc:
					if k, ok := literalSink(in); ok {
						found = append(found, k)
					}
				case *ssa.Store:
					if k, ok := tokenSink(in); ok {
						found = append(found, k)
					}
				}
			}
		}
	}
	return found
}

func callSink(in ssa.CallInstruction) (sink, bool) {
	common := in.Common()
	fn := common.StaticCallee()
	if fn == nil {
		return functionSink(in)
	}
	name := fn.String()
	if std, ok := standard[name]; ok {
		mutated := mutations(in)
		return sink{at: in, via: strings.Trim(strings.NewReplacer("(*", "", ")", "").Replace(name), "."), request: func(r *flow.Run) (string, string) {
			method := std.method
			if method == "" {
				method = r.Text(common.Args[std.methodArg])
			}
			return mutated.apply(r, method, r.Text(common.Args[std.url]))
		}}, true
	}
	return librarySink(in, fn)
}

// elsewhere is a URL that is not reported.
const elsewhere = "https://not.reported.here"

// functionSink is a call of a function value that can be one of net/http, such as a field that tests replace.
func functionSink(in ssa.CallInstruction) (sink, bool) {
	common := in.Common()
	if common.IsInvoke() {
		return interfaceSink(in)
	}
	sig, ok := common.Value.Type().Underlying().(*types.Signature)
	if !ok || sig.Results().Len() != 2 || !isNamed(sig.Results().At(0).Type(), "net/http", "Response", "Request") {
		return sink{}, false
	}
	return sink{perhaps: true, at: in, via: "net/http", request: func(r *flow.Run) (string, string) {
		fn := r.Function(common.Value, in)
		if fn == nil {
			return "", elsewhere
		}
		std, ok := standard[fn.String()]
		if !ok || std.url >= len(common.Args) {
			return "", elsewhere
		}
		method := std.method
		if method == "" {
			method = r.Text(common.Args[std.methodArg])
		}
		return method, r.Text(common.Args[std.url])
	}}, true
}

// interfaceSink is a call of an interface that http.Client implements.
func interfaceSink(in ssa.CallInstruction) (sink, bool) {
	common := in.Common()
	std, ok := standard["(*net/http.Client)."+common.Method.Name()]
	if !ok || common.Signature().Results().Len() != 2 || !isNamed(common.Signature().Results().At(0).Type(), "net/http", "Response") {
		return sink{}, false
	}
	response := types.Unalias(common.Signature().Results().At(0).Type()).(*types.Pointer).Elem()
	client := response.(*types.Named).Obj().Pkg().Scope().Lookup("Client").Type()
	iface, ok := common.Value.Type().Underlying().(*types.Interface)
	if !ok || !types.Implements(types.NewPointer(client), iface) {
		return sink{}, false
	}
	return sink{perhaps: true, at: in, via: "net/http.Client." + common.Method.Name(), request: func(r *flow.Run) (string, string) {
		t := r.Dynamic(common.Value, in)
		url := r.Text(common.Args[std.url-1])
		if t != nil && !isNamed(t, "net/http", "Client") || t == nil && strings.HasPrefix(url, "/") {
			return "", elsewhere // the app's own type, which is followed by itself
		}
		return std.method, url
	}}, true
}

// isNamed reports whether t is a type of a package, or a pointer to it.
func isNamed(t types.Type, pkg string, names ...string) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || n.Obj().Pkg().Path() != pkg {
		return false
	}
	for _, name := range names {
		if n.Obj().Name() == name {
			return true
		}
	}
	return false
}

// mutation is what a function does to a request after it was made.
type mutation struct{ method, url, path ssa.Value }

// mutations finds stores to the method and the URL of the request that a call returns.
func mutations(in ssa.CallInstruction) (m mutation) {
	call, ok := in.(*ssa.Call)
	if !ok {
		return m
	}
	for _, ref := range *call.Referrers() {
		x, ok := ref.(*ssa.Extract)
		if !ok || x.Index != 0 {
			continue
		}
		eachField(x, func(name string, fa *ssa.FieldAddr) {
			switch name {
			case "Method":
				m.method = storedIn(fa)
			case "URL":
				m.url = storedIn(fa)
				for _, load := range *fa.Referrers() {
					if u, ok := load.(*ssa.UnOp); ok {
						eachField(u, func(name string, fa *ssa.FieldAddr) {
							if v := storedIn(fa); name == "Path" && v != nil {
								m.path = v
							}
						})
					}
				}
			}
		})
	}
	return m
}

func (m mutation) apply(r *flow.Run, method, url string) (string, string) {
	if m.method != nil {
		method = r.Text(m.method)
	}
	if m.url != nil {
		if in, ok := m.url.(ssa.Instruction); ok {
			url = r.URL(m.url, in)
		}
	}
	if m.path != nil {
		host := url
		if i := strings.Index(url, "://"); i >= 0 {
			if j := strings.IndexByte(url[i+3:], '/'); j >= 0 {
				host = url[:i+3+j]
			}
		} else if i := strings.IndexByte(url, '/'); i >= 0 {
			host = url[:i]
		}
		// What is added to the path of the URL is evaluated with it.
		if b, ok := m.path.(*ssa.BinOp); ok {
			return method, url + r.Text(b.Y)
		}
		url = host + "/" + strings.TrimPrefix(r.Text(m.path), "/")
	}
	return method, url
}

func eachField(v ssa.Value, do func(name string, fa *ssa.FieldAddr)) {
	for _, in := range *v.Referrers() {
		fa, ok := in.(*ssa.FieldAddr)
		if !ok {
			continue
		}
		st := fa.X.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct)
		do(st.Field(fa.Field).Name(), fa)
	}
}

// storedIn returns the value that is stored to a field, if there is one.
func storedIn(fa *ssa.FieldAddr) ssa.Value {
	for _, in := range *fa.Referrers() {
		if s, ok := in.(*ssa.Store); ok && s.Addr == fa {
			return s.Val
		}
	}
	return nil
}

// literalSink is an http.Request that the code fills itself.
func literalSink(a *ssa.Alloc) (sink, bool) {
	if !isNamed(a.Type(), "net/http", "Request") {
		return sink{}, false
	}
	var method, url ssa.Value
	var at ssa.Instruction = a
	eachField(a, func(name string, fa *ssa.FieldAddr) {
		for _, ref := range *fa.Referrers() {
			s, ok := ref.(*ssa.Store)
			switch {
			case !ok || s.Addr != fa:
			case name == "Method":
				method = s.Val
			case name == "URL":
				url, at = s.Val, s
			}
		}
	})
	if url == nil {
		return sink{}, false
	}
	return sink{at: at, via: "net/http.Request", request: func(r *flow.Run) (string, string) {
		m := "GET"
		if method != nil {
			m = r.Text(method)
		}
		return m, r.URL(url, at)
	}}, true
}

// tokenSink is a token URL that is given to golang.org/x/oauth2.
func tokenSink(s *ssa.Store) (sink, bool) {
	fa, ok := s.Addr.(*ssa.FieldAddr)
	if !ok {
		return sink{}, false
	}
	t := fa.X.Type()
	if !isNamed(t, "golang.org/x/oauth2", "Endpoint") && !isNamed(t, "golang.org/x/oauth2/clientcredentials", "Config") &&
		!isNamed(t, "golang.org/x/oauth2/jwt", "Config") {
		return sink{}, false
	}
	st := t.Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct)
	if st.Field(fa.Field).Name() != "TokenURL" {
		return sink{}, false
	}
	return sink{at: s, via: "golang.org/x/oauth2", request: func(r *flow.Run) (string, string) { return "POST", r.Text(s.Val) }}, true
}
