package discover

import (
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/graduationkit/ringcentral/gradtest/discover/internal/flow"
)

const fasthttp = "github.com/valyala/fasthttp"

// fasthttpSink is a call of fasthttp that sends, or one that gives a request its URL. The method is set through another
// call, of the same function or not at all.
func fasthttpSink(in ssa.CallInstruction, fn *ssa.Function) (sink, bool) {
	if fn.Pkg == nil || fn.Pkg.Pkg.Path() != fasthttp {
		return sink{}, false
	}
	args := in.Common().Args
	recv := fn.Signature.Recv()
	switch {
	case recv == nil || isNamed(recv.Type(), fasthttp, "Client", "HostClient"):
		verb := strings.TrimSuffix(strings.TrimSuffix(fn.Name(), "Timeout"), "Deadline")
		if recv != nil {
			args = args[1:]
		}
		if (verb == "Get" || verb == "Post") && len(args) > 1 {
			return sink{at: in, via: "fasthttp", request: func(r *flow.Run) (string, string) { return strings.ToUpper(verb), r.Text(args[1]) }}, true
		}
	case isNamed(recv.Type(), fasthttp, "Request") && (fn.Name() == "SetRequestURI" || fn.Name() == "SetRequestURIBytes"):
		return sink{at: in, via: "fasthttp", request: func(r *flow.Run) (string, string) {
			return fasthttpMethod(r, args[0]), r.Text(args[1])
		}}, true
	case isNamed(recv.Type(), fasthttp, "RequestHeader") && (fn.Name() == "SetRequestURI" || fn.Name() == "SetRequestURIBytes"):
		if fa, ok := args[0].(*ssa.FieldAddr); ok {
			return sink{at: in, via: "fasthttp", request: func(r *flow.Run) (string, string) { return fasthttpMethod(r, fa.X), r.Text(args[1]) }}, true
		}
	}
	return sink{}, false
}

// fasthttpMethod is the method that a function sets for a request.
func fasthttpMethod(r *flow.Run, req ssa.Value) string {
	method := ""
	eachField(req, func(name string, fa *ssa.FieldAddr) {
		for _, in := range *fa.Referrers() {
			call, ok := in.(ssa.CallInstruction)
			if !ok || name != "Header" || call.Common().StaticCallee() == nil {
				continue
			}
			switch call.Common().StaticCallee().Name() {
			case "SetMethod", "SetMethodBytes":
				method = r.Text(call.Common().Args[1])
			}
		}
	})
	return method
}
