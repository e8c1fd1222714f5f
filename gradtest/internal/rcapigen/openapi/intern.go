package openapi

import (
	"encoding/json"
	"fmt"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape/skeleton"
)

// intern gives nodes that describe the same values the same class, even if they contain themselves. It starts with
// one class for all nodes, and splits classes until the nodes of each agree in their rows and in the classes of the
// nodes below.
func intern(nodes []*node) error {
	described := make([]string, len(nodes))
	for i, n := range nodes {
		b, err := json.Marshal(n.row)
		if err != nil {
			return fmt.Errorf("openapi: schema: %w", err)
		}
		described[i] = string(b)
	}
	for classes := 0; ; {
		numbers := make(map[string]int, len(nodes))
		next := make([]int, len(nodes))
		for i, n := range nodes {
			key := fmt.Sprint(described[i], n.below())
			if numbers[key] == 0 {
				numbers[key] = len(numbers) + 1
			}
			next[i] = numbers[key]
		}
		for i, n := range nodes {
			n.class = next[i]
		}
		if len(numbers) == classes {
			return nil
		}
		classes = len(numbers)
	}
}

// below returns the classes of the nodes in n.
func (n *node) below() []int {
	out := []int{classOf(n.items), classOf(n.others), len(n.members)}
	for _, m := range n.members {
		out = append(out, classOf(m))
	}
	for _, a := range n.alternatives {
		out = append(out, classOf(a))
	}
	return out
}

func classOf(n *node) int {
	if n == nil {
		return 0
	}
	return n.class
}

// printer numbers classes in the order in which operations mention them.
type printer struct {
	numbers map[int]int
	rows    []skeleton.Row
}

func (p *printer) number(n *node) int {
	if n == nil {
		return 0
	}
	if k, ok := p.numbers[n.class]; ok {
		return k
	}
	p.rows = append(p.rows, skeleton.Row{})
	k := len(p.rows)
	p.numbers[n.class] = k
	r := n.row
	r.Items, r.Others = p.number(n.items), p.number(n.others)
	r.Members = append([]skeleton.Member(nil), r.Members...)
	for i, m := range n.members {
		r.Members[i].Shape = p.number(m)
	}
	var choices []int
	for _, a := range n.alternatives {
		choices = append(choices, p.number(a))
	}
	if r.OneOf != nil {
		r.OneOf = choices
	} else {
		r.AnyOf = choices
	}
	p.rows[k-1] = r
	return k
}
