package rctest

import (
	"fmt"
	"maps"
	"slices"
	"time"
)

// startLimits returns the limits at the start: the documented ones with the changes of the config. All mistakes are
// reported together.
func (cfg Config) startLimits() (table [limitCount]Limit, errs []error) {
	invalid := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("rctest: config: "+format, args...))
	}
	whole := func(name string, d time.Duration) time.Duration {
		if d < 0 || d%time.Second != 0 {
			invalid("%s is %v: the platform's headers count whole seconds: use 1s or a multiple", name, d)
		}
		return d
	}
	window := whole("Window", cfg.Window)
	if window == 0 {
		window = time.Minute
	}
	for id, l := range limitTable {
		table[id] = Limit{Calls: l.calls, Window: window}
	}
	for _, name := range slices.Sorted(maps.Keys(cfg.Limits)) {
		id, n := findLimit(name), cfg.Limits[name]
		switch {
		case id == noLimit:
			invalid("Limits has %q: use one of %v", name, limitNames())
		case n < 0:
			invalid("Limits has %d for %s: use 0 for no limit", n, name)
		default:
			table[id].Calls = n
		}
	}
	if cfg.Subscriptions != 0 {
		table[limitSubscriptions].Calls = max(0, cfg.Subscriptions)
	}
	for _, name := range slices.Sorted(maps.Keys(cfg.Windows)) {
		switch id, d := findLimit(name), whole("Windows of "+string(name), cfg.Windows[name]); {
		case id == noLimit || id == limitSubscriptions:
			invalid("Windows has %q: use one of %v", name, limitNames()[:limitSubscriptions])
		case d > 0:
			table[id].Window = d
		}
	}
	penalty := whole("Penalty", cfg.Penalty)
	for i := range table {
		table[i].Penalty = penalty
		if penalty == 0 {
			table[i].Penalty = table[i].Window
		}
	}
	table[limitSubscriptions].Window, table[limitSubscriptions].Penalty = 0, 0
	return table, errs
}
