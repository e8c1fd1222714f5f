//go:build race

package window

// raced is whether the race detector watches, to which a thousand goroutines cost a thousand times what they cost one.
const raced = true
