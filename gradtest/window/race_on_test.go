//go:build race

package window

// raced is whether the race detector is on, for which thousands of goroutines are very slow.
const raced = true
