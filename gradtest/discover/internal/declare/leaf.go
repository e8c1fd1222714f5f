package declare

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

const catalogue = Package + "/rcapi"

// operation decides about a value of type rcapi.Operation: a variable of the catalogue, or a call of package rcapi. It
// reports whether v is one.
func (t *tracer) operation(v ssa.Value, c *context, pos token.Pos, found func(rcapi.Operation, token.Pos),
	unknown func(token.Pos, string),
) bool {
	switch v := v.(type) {
	case *ssa.UnOp:
		g, ok := v.X.(*ssa.Global)
		return ok && v.Op == token.MUL && t.operation(g, c, pos, found, unknown)
	case *ssa.Global:
		g := v
		if g.Pkg == nil || g.Pkg.Pkg.Path() != catalogue {
			return false
		}
		if op, ok := byGoName(g.Name()); ok {
			found(op, pos)
		} else {
			unknown(pos, "rcapi."+g.Name()+" is no operation of this version's catalogue")
		}
		return true
	case *ssa.FieldAddr:
		return t.literal(v, pos, found)
	case *ssa.Extract:
		call, ok := v.Tuple.(*ssa.Call)
		return ok && v.Index == 0 && t.operationCall(call, c, pos, found, unknown)
	case *ssa.Call:
		return t.operationCall(v, c, pos, found, unknown)
	}
	return false
}

// literal decides about an Operation whose fields the code sets itself; path is the address of its Path.
func (t *tracer) literal(path *ssa.FieldAddr, pos token.Pos, found func(rcapi.Operation, token.Pos)) bool {
	fields := make(map[string]string)
	uses := t.usesOf(path.X)
	for _, in := range uses {
		fa, ok := in.(*ssa.FieldAddr)
		if !ok {
			continue
		}
		for _, ref := range *fa.Referrers() {
			st, ok := ref.(*ssa.Store)
			if !ok || st.Addr != fa {
				continue
			}
			k, ok := st.Val.(*ssa.Const)
			if ok && k.Value != nil && k.Value.Kind() == constant.String {
				fields[fieldName(fa)] = constant.StringVal(k.Value)
			}
		}
	}
	if fields["Method"] == "" || fields["Path"] == "" {
		return false
	}
	op := rcapi.Operation{ID: fields["ID"], Method: fields["Method"], Path: fields["Path"], Scope: rcapi.Scope(fields["Scope"])}
	if known, ok := rcapi.Match(op.Method, op.Path); ok {
		op = known
	}
	found(op, pos)
	return true
}

// member returns a member of an operation of the catalogue, such as its scope, as a constant; nil: v is none.
func member(v ssa.Value, path []int) *ssa.Const {
	if u, ok := v.(*ssa.UnOp); ok && u.Op == token.MUL {
		v = u.X
	}
	g, ok := v.(*ssa.Global)
	if !ok || len(path) != 1 || g.Pkg == nil || g.Pkg.Pkg.Path() != catalogue || !isNamed(g.Type(), catalogue, "Operation") {
		return nil
	}
	op, ok := byGoName(g.Name())
	if !ok {
		return nil
	}
	st := deref(g.Type()).Underlying().(*types.Struct)
	text := map[string]string{
		"ID": op.ID, "Method": op.Method, "Path": op.Path, "Scope": string(op.Scope), "Group": string(op.Group),
	}[st.Field(path[0]).Name()]
	return ssa.NewConst(constant.MakeString(text), types.Typ[types.String])
}

// operationCall decides about the first result of a call of package rcapi.
func (t *tracer) operationCall(call *ssa.Call, c *context, pos token.Pos, found func(rcapi.Operation, token.Pos),
	unknown func(token.Pos, string),
) bool {
	fn := call.Call.StaticCallee()
	if fn == nil || fn.Pkg == nil || fn.Pkg.Pkg.Path() != catalogue {
		return false
	}
	args := call.Call.Args
	each := func(make func(text string) (rcapi.Operation, bool)) {
		t.texts(args[0], c, pos, func(text string, pos token.Pos) {
			if op, ok := make(text); ok {
				found(op, pos)
			} else {
				unknown(pos, "rcapi."+fn.Name()+" does not know "+text)
			}
		}, unknown)
	}
	switch name := fn.Name(); {
	case fn.Signature.Recv() != nil && (name == "In" || name == "Needs"):
		change := func(op rcapi.Operation, pos token.Pos) { found(op, pos) }
		if name == "Needs" {
			scopes, ok := scopesOf(args[1])
			if ok && len(scopes) == 1 {
				change = func(op rcapi.Operation, pos token.Pos) { found(op.Needs(scopes[0]), pos) }
			}
		}
		t.run(query{
			leaf: func(v ssa.Value, c *context, pos token.Pos) bool {
				return t.operation(v, c, pos, change, unknown)
			},
			unknown: unknown,
		}).value(args[0], nil, c, pos)
	case name == "MustParse" || name == "Parse":
		each(func(text string) (rcapi.Operation, bool) {
			op, err := rcapi.Parse(text)
			if known, ok := rcapi.Match(op.Method, op.Path); err == nil && ok {
				return known, true
			}
			return op, err == nil
		})
	case name == "Lookup":
		each(rcapi.Lookup)
	default:
		unknown(pos, "the operations are those of rcapi."+name)
	}
	return true
}

// byGoName returns the operation of a variable of package rcapi.
func byGoName(name string) (rcapi.Operation, bool) {
	op, ok := rcapi.Lookup(strings.ToLower(name[:1]) + name[1:])
	if ok && op.GoName() == name {
		return op, true
	}
	for op := range rcapi.All() {
		if op.GoName() == name {
			return op, true
		}
	}
	return rcapi.Operation{}, false
}

// texts finds the constant texts that a value can be.
func (t *tracer) texts(v ssa.Value, c *context, pos token.Pos, found func(string, token.Pos), unknown func(token.Pos, string)) {
	t.run(query{
		leaf: func(v ssa.Value, _ *context, pos token.Pos) bool {
			if k, ok := v.(*ssa.Const); ok && k.Value != nil && k.Value.Kind() == constant.String {
				found(constant.StringVal(k.Value), pos)
				return true
			}
			return false
		},
		join: func(x, y ssa.Value, c *context, pos token.Pos) {
			t.texts(x, c, pos, func(a string, pos token.Pos) {
				t.texts(y, c, pos, func(b string, pos token.Pos) { found(a+b, pos) }, unknown)
			}, unknown)
		},
		unknown: unknown,
	}).value(v, nil, c, pos)
}

// scopesOf returns the scopes that a value holds: a constant, or a call of package rcapi with constants.
func scopesOf(v ssa.Value) ([]rcapi.Scope, bool) {
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value != nil && v.Value.Kind() == constant.String {
			return []rcapi.Scope{rcapi.Scope(constant.StringVal(v.Value)).Canonical()}, true
		}
	case *ssa.Call:
		fn := v.Call.StaticCallee()
		if fn == nil || fn.Pkg == nil || fn.Pkg.Pkg.Path() != catalogue {
			return nil, false
		}
		switch fn.Name() {
		case "Scopes":
			return rcapi.Scopes(), true
		case "ParseScopes":
			if k, ok := v.Call.Args[0].(*ssa.Const); ok && k.Value != nil {
				return rcapi.ParseScopes(constant.StringVal(k.Value)), true
			}
		case "Canonical":
			return scopesOf(v.Call.Args[0])
		}
	}
	return nil, false
}

// containers are the arguments of a function without a body that can hold the elements of its result, such as the first
// of slices.Clone, and callbacks the functions among them that can make them, such as the second of lo.Map.
func containers(call *ssa.CallCommon, elem types.Type) (holders []ssa.Value, callbacks []*ssa.Function) {
	args := call.Args
	for _, a := range args {
		if e := elemOf(a.Type()); e != nil && (types.Identical(e, elem) || elemOf(e) != nil && types.Identical(elemOf(e), elem)) {
			holders = append(holders, a)
			continue
		}
		if fn := functionOf(a); fn != nil {
			results := fn.Signature.Results()
			if results.Len() > 0 && types.Identical(results.At(0).Type(), elem) {
				callbacks = append(callbacks, fn)
			}
		}
	}
	return slices.Clip(holders), callbacks
}

// functionOf returns the function that a value is, if it is one literally.
func functionOf(v ssa.Value) *ssa.Function {
	switch v := v.(type) {
	case *ssa.Function:
		return v
	case *ssa.MakeClosure:
		return v.Fn.(*ssa.Function)
	case *ssa.ChangeType:
		return functionOf(v.X)
	}
	return nil
}

// elemOf returns the type of the elements of a slice, array, map or iterator; nil for other types.
func elemOf(t types.Type) types.Type {
	switch u := t.Underlying().(type) {
	case *types.Slice:
		return u.Elem()
	case *types.Array:
		return u.Elem()
	case *types.Map:
		return u.Elem()
	case *types.Signature: // iter.Seq and iter.Seq2
		if u.Params().Len() != 1 || u.Results().Len() != 0 {
			return nil
		}
		yield, ok := u.Params().At(0).Type().Underlying().(*types.Signature)
		if n := 0; ok {
			if n = yield.Params().Len(); n > 0 && yield.Results().Len() == 1 {
				return yield.Params().At(n - 1).Type()
			}
		}
	}
	return nil
}
