package cli

import (
	"cmp"
	"io"

	"github.com/graduationkit/ringcentral/gradtest/discover"
)

func scanSARIF(w io.Writer, r discover.Result) error {
	var results []sarifResult
	add := func(rule, level, text string, p discover.Place) {
		results = append(results, newSARIFResult(rule, level, text, p))
	}
	for _, c := range r.Calls {
		add("gradtest/call", "note", "calls "+c.Operation.ID+" ("+c.Operation.String()+"), which needs the app scope "+
			cmp.Or(string(c.Operation.Scope), "none"), c.Place)
	}
	for _, u := range r.Unresolved {
		add("gradtest/unresolved", "warning", "calls "+cmp.Or(u.Method, "?")+" "+u.Path+": "+u.Reason+could(u), u.Place)
	}
	for _, u := range r.Unknown {
		text := "calls " + u.Method + " " + u.Path + ", which is not in the catalogue"
		if u.Parse != "" {
			text += ": declare it with " + u.Parse
		}
		add("gradtest/unknown", "warning", text, u.Place)
	}
	return writeSARIF(w, []sarifRule{
		{"gradtest/call", sarifText{"The code calls an operation of the RingCentral platform."}},
		{"gradtest/unresolved", sarifText{"The code calls the platform, but which operation is not known."}},
		{"gradtest/unknown", sarifText{"The code calls an operation that the catalogue lacks."}},
	}, results)
}
