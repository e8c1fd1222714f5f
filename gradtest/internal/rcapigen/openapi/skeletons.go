package openapi

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape/skeleton"
)

// contents has the nodes of an operation with their names.
type contents struct {
	params, request, answers []entry
}

type entry struct {
	name     string
	required bool
	node     *node
}

// Skeletons returns the shapes of the operations' parameters, requests and answers, each as in the newest edition that
// has it, without texts or names of components. The operations are those of [Merge] and determine the order.
func Skeletons(editions []Edition, rows []Merged) (*skeleton.File, error) {
	mergers := make(map[string]*merger, len(editions))
	for _, e := range editions {
		t, err := parseTree(e.Src)
		if err != nil {
			return nil, err
		}
		mergers[e.Name] = &merger{tree: t, made: make(map[string]*node)}
	}
	file := &skeleton.File{Operations: make(map[string]skeleton.Operation, len(rows))}
	all := make([]contents, len(rows))
	for i, row := range rows {
		f, err := mergers[row.Newest()], error(nil)
		if all[i], err = f.contents(row.Row); err != nil {
			f.faults = append(f.faults, fmt.Errorf("openapi: operation %s: %w", row.ID, err))
		}
	}
	var nodes []*node
	var faults []error
	for _, e := range editions {
		nodes = append(nodes, mergers[e.Name].nodes...)
		faults = append(faults, mergers[e.Name].faults...)
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	if err := intern(nodes); err != nil {
		return nil, err
	}
	p := printer{numbers: make(map[int]int)}
	for i, row := range rows {
		members := func(list []entry) []skeleton.Member {
			var out []skeleton.Member
			for _, e := range list {
				out = append(out, skeleton.Member{Name: e.name, Shape: p.number(e.node), Required: e.required})
			}
			return out
		}
		file.IDs = append(file.IDs, row.ID)
		file.Operations[row.ID] = skeleton.Operation{
			Params: members(all[i].params), Request: members(all[i].request), Answers: members(all[i].answers),
		}
	}
	file.Rows = p.rows
	return file, nil
}

func (f *merger) contents(row Row) (contents, error) {
	var out contents
	paths, _ := fragment{"#", f.root}.in("paths")
	item, _ := paths.in(row.Path)
	op, ok := item.in(strings.ToLower(row.Method))
	if !ok {
		return out, errors.New("not in the document")
	}
	for _, p := range append(item.each("parameters"), op.each("parameters")...) {
		p, err := f.resolve(p)
		if err != nil {
			return out, err
		}
		in, _ := text(p.is, "in")
		name, _ := text(p.is, "name")
		e := entry{name: in + " " + name, required: yes(p.is, "required")}
		if s, ok := p.in("schema"); ok {
			e.node = f.node(s)
		}
		out.params = slices.DeleteFunc(out.params, func(other entry) bool { return other.name == e.name })
		out.params = append(out.params, e)
	}
	if body, ok := op.in("requestBody"); ok {
		var err error
		if out.request, err = f.media(body, ""); err != nil {
			return out, err
		}
	}
	answers, _ := op.in("responses")
	for _, item := range answers.is {
		name := fmt.Sprint(item.Key)
		status := name
		if name == "default" && onlyDefault(answers) {
			status = fmt.Sprint(row.Success[0])
		}
		if len(status) != 3 || status[0] != '2' {
			continue
		}
		answer, _ := answers.in(name)
		media, err := f.media(answer, status+" ")
		if err != nil {
			return out, err
		}
		if media == nil {
			media = []entry{{name: status}}
		}
		out.answers = append(out.answers, media...)
	}
	slices.SortStableFunc(out.answers, func(a, b entry) int { return strings.Compare(a.name[:3], b.name[:3]) })
	return out, nil
}

func (f *merger) media(r fragment, prefix string) ([]entry, error) {
	r, err := f.resolve(r)
	if err != nil {
		return nil, err
	}
	types, _ := r.in("content")
	var out []entry
	for _, item := range types.is {
		e := entry{name: prefix + fmt.Sprint(item.Key), required: yes(r.is, "required")}
		if m, ok := types.in(fmt.Sprint(item.Key)); ok {
			if s, ok := m.in("schema"); ok {
				e.node = f.node(s)
			}
		}
		if e.node != nil && e.name == prefix+"*/*" && (e.node.row.Type == "object" || e.node.row.Type == "array") {
			e.name = prefix + "application/json" // the edition of 2021 leaves the type of such bodies open
		}
		out = append(out, e)
	}
	return out, nil
}

// onlyDefault reports whether answers state no status of a success.
func onlyDefault(answers fragment) bool {
	return !slices.ContainsFunc(answers.is, func(item yaml.MapItem) bool {
		status := fmt.Sprint(item.Key)
		return len(status) == 3 && (status[0] == '2' || status[0] == '3')
	})
}
