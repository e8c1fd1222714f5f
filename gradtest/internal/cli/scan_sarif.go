package cli

import (
	"cmp"
	"io"

	"github.com/graduationkit/ringcentral/gradtest/discover"
)

// The parts of SARIF 2.1.0 that scan writes.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool    sarifTool     `json:"tool"`
		Results []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name  string      `json:"name"`
		Rules []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string    `json:"id"`
		ShortDescription sarifText `json:"shortDescription"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine int `json:"startLine"`
	}
)

func scanSARIF(w io.Writer, r discover.Result) error {
	results := []sarifResult{}
	add := func(rule, level, text string, p discover.Place) {
		results = append(results, sarifResult{rule, level, sarifText{text},
			[]sarifLocation{{sarifPhysical{sarifArtifact{p.File}, sarifRegion{p.Line}}}}})
	}
	for _, c := range r.Calls {
		add("gradtest/call", "note", "calls "+c.Operation.ID+" ("+c.Operation.String()+"), which needs the app scope "+
			cmp.Or(string(c.Operation.Scope), "none"), c.Place)
	}
	for _, u := range r.Unresolved {
		add("gradtest/unresolved", "warning", "calls "+cmp.Or(u.Method, "?")+" "+u.Path+": "+u.Reason+could(u), u.Place)
	}
	for _, u := range r.Unknown {
		add("gradtest/unknown", "warning", "calls "+u.Method+" "+u.Path+", which is not in the catalogue: declare it with "+u.Parse, u.Place)
	}
	return writeJSON(w, sarifLog{
		Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0",
		Runs: []sarifRun{{Results: results, Tool: sarifTool{sarifDriver{"gradtest", []sarifRule{
			{"gradtest/call", sarifText{"The code calls an operation of the RingCentral platform."}},
			{"gradtest/unresolved", sarifText{"The code calls the platform, but which operation is not known."}},
			{"gradtest/unknown", sarifText{"The code calls an operation that the catalogue lacks."}},
		}}}}},
	})
}
