package criteria

import (
	"fmt"
	"time"
)

func more(n int) string {
	if n == 1 {
		return "1 more successful call"
	}
	return fmt.Sprintf("%d more successful calls", n)
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }
