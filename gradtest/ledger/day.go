package ledger

import (
	"strings"
	"time"
)

// day is a UTC day as 2006-01-02, which sorts as the days do.
type day string

const (
	dayLayout = "2006-01-02"
	daySuffix = ".jsonl"
)

func dayOf(t time.Time) day { return day(t.UTC().Format(dayLayout)) }

func (d day) file() string { return string(d) + daySuffix }

// dayIn is the day whose records the file of that name holds.
func dayIn(name string) (d day, ok bool) {
	text, ok := strings.CutSuffix(name, daySuffix)
	if !ok {
		return "", false
	}
	if _, err := time.Parse(dayLayout, text); err != nil {
		return "", false
	}
	return day(text), true
}

// days is the days from a to b, both included.
func days(a, b time.Time) []day {
	var all []day
	for t := a.UTC().Truncate(24 * time.Hour); !t.After(b); t = t.Add(24 * time.Hour) {
		all = append(all, dayOf(t))
	}
	return all
}
