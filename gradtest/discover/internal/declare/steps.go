package declare

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Step is an operation that the suite itself calls, with the function that names it.
type Step struct {
	Fn        *ssa.Function
	Pos       token.Pos
	Operation rcapi.Operation
}

// Steps returns the operations that functions of package gradtest are given to call, such as that of FromList: the
// suite itself calls those.
func Steps(functions []*ssa.Function, inside func(*ssa.Function) bool) (steps []Step) {
	var t *tracer
	for _, fn := range functions {
		if !inside(fn) {
			continue
		}
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				call, ok := in.(ssa.CallInstruction)
				if !ok || !ofPackage(call.Common().StaticCallee()) {
					continue
				}
				for _, arg := range call.Common().Args {
					if !isNamed(arg.Type(), catalogue, "Operation") {
						continue
					}
					if t == nil {
						t = newTracer(functions)
					}
					found := func(op rcapi.Operation, _ token.Pos) { steps = append(steps, Step{fn, call.Pos(), op}) }
					unknown := func(token.Pos, string) {}
					t.run(query{
						leaf: func(v ssa.Value, c *context, pos token.Pos) bool {
							return t.operation(v, c, pos, found, unknown)
						},
						unknown: unknown,
					}).value(arg, nil, nil, call.Pos())
				}
			}
		}
	}
	return steps
}

// ofPackage reports whether a function is one of package gradtest.
func ofPackage(fn *ssa.Function) bool {
	return fn != nil && fn.Pkg != nil && fn.Pkg.Pkg.Path() == Package
}
