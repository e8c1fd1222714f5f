// Package flow evaluates strings of a Go program without running it: what a value can be, given all the ways in which
// the program can reach it.
//
// It starts at a value and goes backwards through its SSA form: through concatenations and formatting, into the
// functions that return it, out to the callers that pass it, to the stores of the field, table or variable that it is
// read from. Where there are several ways it takes one a run; see choices.
package flow

import (
	"fmt"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Evaluator evaluates values of one program. It is not safe for concurrent use; Clone returns one for another
// goroutine.
type Evaluator struct {
	choices
	callers *callers
	config  Config
	ids     map[frameKey]int

	// of the run
	chain   []*Frame // the frames from the sink outwards
	reasons []string // why something is not known
	climbs  []climb
	active  map[activeKey]bool
	calling map[activeKey]bool // function values that are being resolved
	loops   []loop
	rounds  map[activeKey]string // strings that loops build, as they are in the round that is evaluated
	steps   int
	nested  int
	lenient bool // what cannot happen or needs a choice is not known, instead of ending the run
	values  bool // callers of function values and interface methods are followed
	reached map[blockKey]bool

	writes    map[ssa.Value][]write
	mayWrites map[paramKey]bool
	summaries map[any]*summary
	embeds    map[string]string
}

// Config adapts an Evaluator to its user.
type Config struct {
	Functions []*ssa.Function
	// Significant reports whether a text that a caller passes says which operation is called, rather than where or
	// with which ids.
	Significant func(text string) bool
	// Distinctive reports whether a path can only be one of the platform's.
	Distinctive func(path string) bool
	// Base reports whether a text can only be the beginning of a URL, and returns it in a form that is the same for
	// all servers of the platform.
	Base func(text string) (string, bool)
	// Embeds are the files that go:embed puts into variables, by package path, dot and name.
	Embeds map[string]string
	// Limit is the number of runs for one sink; zero means 20,000.
	Limit int
}

type blockKey struct {
	frame int
	block *ssa.BasicBlock
}

type activeKey struct {
	frame int
	v     ssa.Value
}

// climb is a step from a frame to its caller for the sake of a value.
type climb struct {
	frame *Frame // the caller
	text  string
}

// New returns an evaluator of the functions of a program.
func New(c Config) *Evaluator {
	if c.Limit == 0 {
		c.Limit = 20_000
	}
	e := &Evaluator{config: c, callers: index(c.Functions), embeds: c.Embeds}
	return e.Clone()
}

// Clone returns an evaluator of the same program.
func (e *Evaluator) Clone() *Evaluator {
	return &Evaluator{
		config: e.config, callers: e.callers, embeds: e.embeds,
		ids:       make(map[frameKey]int),
		writes:    make(map[ssa.Value][]write),
		mayWrites: make(map[paramKey]bool),
		summaries: make(map[any]*summary),
	}
}

// Run is one combination of choices: a function that evaluates what the caller asks for.
type Run struct {
	e *Evaluator
	f *Frame
}

// Step is a frame of a chain: a function and the position in it.
type Step struct {
	Fn *ssa.Function
	At ssa.Instruction
}

// maxSteps bounds one run.
const maxSteps = 20_000

// maxTotal bounds all runs of one sink.
const maxTotal = 1_500_000

// All calls visit for every combination of choices that visit's evaluations in the function of at meet. It reports
// whether all were seen.
func (e *Evaluator) All(at ssa.Instruction, visit func(*Run)) (complete bool) {
	saved := *e
	if e.nested == 0 {
		clear(e.ids)
	}
	e.nested++
	defer func() { e.nested-- }()
	defer func() {
		e.choices, e.chain, e.reasons, e.climbs, e.active, e.calling, e.steps, e.values, e.reached, e.rounds =
			saved.choices, saved.chain, saved.reasons, saved.climbs, saved.active, saved.calling, saved.steps, saved.values,
			saved.reached, saved.rounds
	}()
	visited := false
	for _, e.values = range []bool{true, false} {
		e.choices = choices{index: make(map[choiceKey]int)}
		complete = false
		total := 0
		for range e.config.Limit {
			if total += e.steps; total > maxTotal {
				break
			}
			e.once(at, func(r *Run) { visit(r); visited = true })
			if complete = !e.next(); complete {
				break
			}
		}
		if visited || !complete { // else no call site fits: the callers are outside of the program
			break
		}
	}
	return complete
}

func (e *Evaluator) once(at ssa.Instruction, visit func(*Run)) {
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(impossible); !ok {
				panic(fmt.Sprintf("%v at %s in %s", r, at, at.Parent()))
			}
		}
	}()
	e.reasons, e.climbs, e.steps, e.settle = nil, nil, 0, 0
	e.active, e.calling = make(map[activeKey]bool), make(map[activeKey]bool)
	e.reached = make(map[blockKey]bool)
	e.rounds = make(map[activeKey]string)
	e.loops, e.forced = nil, nil
	f := e.start(at.Parent(), nil)
	e.chain = append(e.chain[:0:0], f)
	e.checkReached(f, at.Block())
	visit(&Run{e, f})
}

// Once calls visit once, without any choice: for code of which no combination of choices seems possible. What depends
// on a choice is not known then. It reports whether visit came to its end.
func (e *Evaluator) Once(at ssa.Instruction, visit func(*Run)) (ok bool) {
	clear(e.ids)
	e.choices = choices{index: make(map[choiceKey]int)}
	e.reasons, e.climbs, e.steps = nil, nil, 0
	e.active, e.calling = make(map[activeKey]bool), make(map[activeKey]bool)
	e.reached, e.rounds = make(map[blockKey]bool), make(map[activeKey]string)
	e.loops, e.forced = nil, nil
	e.lenient, e.settle, e.values = true, 1, true
	defer func() {
		e.lenient, e.settle = false, 0
		switch r := recover(); r.(type) {
		case nil, undecided, impossible:
		default:
			panic(r)
		}
	}()
	f := e.start(at.Parent(), nil)
	e.chain = []*Frame{f}
	visit(&Run{e, f})
	return true
}

// forgiving makes an unknown text of a run that ends.
func (e *Evaluator) forgiving(s *string) {
	switch r := recover(); r.(type) {
	case nil:
	case undecided, impossible:
		*s = anyText
	default:
		panic(r)
	}
}

// Text returns what v, an operand of the instruction where the run began, is in this run.
func (r *Run) Text(v ssa.Value) string { return r.e.text(v, r.f) }

// Reasons says why parts of the texts of this run are not known.
func (r *Run) Reasons() []string { return r.e.reasons }

// Chain returns the way from the outermost call that decides what is called to the instruction where the run began.
// If what is called is not known, texts are those of the request: the way begins where the unknown end of one of them
// comes from. A chain that begins in a function for which inside is false is continued to its callers as far as
// possible.
func (r *Run) Chain(at ssa.Instruction, inside func(*ssa.Function) bool, texts ...string) []Step {
	e := r.e
	outer := 0
	for _, c := range e.climbs {
		if i := e.inChain(c.frame); i > outer && (e.config.Significant(c.text) || isEnd(c.text, texts)) {
			outer = i
		}
	}
	for !inside(e.chain[outer].Fn) {
		f := e.chain[outer]
		if outer+1 < len(e.chain) {
			outer++
			continue
		}
		if _, _, ok := e.caller(f); ok {
			continue
		}
		if _, _, ok := e.enclosing(f); !ok || outer+1 >= len(e.chain) {
			break
		}
	}
	var steps []Step
	for i := outer; i >= 0; i-- {
		f := e.chain[i]
		step := Step{f.Fn, at}
		if i > 0 {
			step.At = e.callIn(f, e.chain[:i])
		}
		steps = append(steps, step)
	}
	return steps
}

// isEnd reports whether an unknown text is the end of one of the texts.
func isEnd(text string, texts []string) bool {
	return !Known(text) && slices.ContainsFunc(texts, func(t string) bool { return strings.HasSuffix(t, text) })
}

// inChain returns the index of the frame of the chain for which f was evaluated.
func (e *Evaluator) inChain(f *Frame) int {
	for ; f != nil; f = f.origin {
		i := slices.Index(e.chain, f)
		if i < 0 {
			continue
		}
		if slices.ContainsFunc(e.chain, func(g *Frame) bool { return g.parent == f }) {
			return i
		}
		// What a closure captured is called in the closure.
		if j := slices.IndexFunc(e.chain, func(g *Frame) bool { return g.lexical == f }); j >= 0 {
			return j
		}
		return i
	}
	return 0
}

// callIn returns the instruction of f that leads to one of the inner frames.
func (e *Evaluator) callIn(f *Frame, inner []*Frame) ssa.Instruction {
	for i := len(inner) - 1; i >= 0; i-- {
		if inner[i].parent == f {
			return inner[i].call
		}
		if inner[i].lexical == f {
			return inner[i].closure
		}
	}
	return nil
}

func (e *Evaluator) because(format string, args ...any) {
	if len(e.reasons) < 8 {
		e.reasons = append(e.reasons, fmt.Sprintf(format, args...))
	}
}

// tick ends runs that lead nowhere.
func (e *Evaluator) tick() {
	if e.steps++; e.steps > maxSteps || len(e.climbs) > maxSteps {
		panic(impossible{})
	}
}

func isDeref(v ssa.Value) (*ssa.UnOp, bool) {
	u, ok := v.(*ssa.UnOp)
	return u, ok && u.Op == token.MUL
}
