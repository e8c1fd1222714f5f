package flow

// The evaluator is deterministic but for choices: which call site a parameter comes from, which predecessor a block was
// entered from, which element of a table a loop is at. A run takes one alternative of every choice it meets, and takes
// the same one when it meets the choice again. So a method and a path that come from the same branch, call or row stay
// together. Runs are repeated until every combination was seen or the limit is reached.

type choice struct {
	key     choiceKey
	n, pick int
}

type choiceKey struct {
	frame int // of Frame.id
	at    any // an instruction, block or function
}

type choices struct {
	made   []choice
	index  map[choiceKey]int
	settle int // above 0 new choices are not made
	forced map[choiceKey]int
}

// undecided ends an evaluation that needs a choice where none is to be made.
type undecided struct{}

// impossible ends a run whose combination of choices cannot happen.
type impossible struct{}

// choose returns the alternative, from 0 to n-1, that this run takes.
func (c *choices) choose(key choiceKey, n int) int {
	if n == 0 {
		panic(impossible{})
	}
	if n == 1 {
		return 0
	}
	if i, ok := c.forced[key]; ok && i < n {
		return i
	}
	if i, ok := c.index[key]; ok {
		if c.made[i].pick >= n {
			panic(impossible{})
		}
		return c.made[i].pick
	}
	if c.settle > 0 {
		panic(undecided{})
	}
	c.index[key] = len(c.made)
	c.made = append(c.made, choice{key, n, 0})
	return 0
}

// next prepares the next run; false after the last.
func (c *choices) next() bool {
	for len(c.made) > 0 {
		last := &c.made[len(c.made)-1]
		if last.pick++; last.pick < last.n {
			return true
		}
		delete(c.index, last.key)
		c.made = c.made[:len(c.made)-1]
	}
	return false
}
