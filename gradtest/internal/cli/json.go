package cli

import (
	"github.com/graduationkit/ringcentral/gradtest/bundle"
	"github.com/graduationkit/ringcentral/gradtest/dashboard"
	"github.com/graduationkit/ringcentral/gradtest/recorder"
	"github.com/graduationkit/ringcentral/gradtest/report"
)

// The names of the JSON documents that verbs write, in their member schema. Within one version members are only added.
const (
	planSchema          = "gradtest/plan/v1"
	callsSchema         = "gradtest/calls/v1"
	opsSchema           = "gradtest/ops/v1"
	explainSchema       = "gradtest/explain/v1"
	scanSchema          = "gradtest/scan/v1"
	initSchema          = "gradtest/init/v1"
	vetSchema           = "gradtest/vet/v1"
	emulatorSchema      = "gradtest/emulator/v1"
	recordSchema        = "gradtest/record/v1"
	bundledSchema       = "gradtest/bundled/v1"
	verifySchema        = "gradtest/ledger-verify/v1"
	verifyExportsSchema = "gradtest/ledger-verify-exports/v1"
	exportSchema        = "gradtest/ledger-export/v1"
	importSchema        = "gradtest/ledger-import/v1"
	pruneSchema         = "gradtest/ledger-prune/v1"
)

// document is a JSON document that a verb writes.
type document struct {
	schema string
	verb   string // such as "ledger verify"
	about  string
	form   any // a value of its Go type
}

// source says where a program gets the document, in Markdown.
func (d document) source() string {
	if d.schema == dashboard.ProgressSchema { // of a verb that serves
		return "`gradtest " + d.verb + "`, at `/progress.json`"
	}
	return "`gradtest " + d.verb + " --json`"
}

// documents lists all JSON documents. docs/json.md is made from it.
func documents() []document {
	return []document{
		{report.Schema, "status", "the verdict; also of report --json, with more members", report.Document{}},
		{planSchema, "plan", "the missing calls and the time that they take", schedule{}},
		{callsSchema, "calls", "the calls behind a number", listedCalls{}},
		{report.ScopesSchema, "scopes", "the app scopes: declared, granted, needed, exercised", report.ScopeMatrix{}},
		{scanSchema, "scan", "one line for each call in the source, each a document", finding{}},
		{initSchema, "init", "the suite that was written", writtenSuite{}},
		{vetSchema, "vet", "where the code and the declaration differ", vetted{}},
		{recordSchema, "record", "the calls of a program", recorded{}},
		{emulatorSchema, "emulator", "the emulator that is served", servedEmulator{}},
		{opsSchema, "ops", "operations of the catalogue", foundOperations{}},
		{explainSchema, "explain", "the meaning of an error code", explanation{}},
		{bundledSchema, "bundle", "the bundle that was written", bundled{}},
		{bundle.ResultSchema, "verify", "a bundle, judged anew", bundle.Result{}},
		{dashboard.ProgressSchema, "dashboard", "what is left to do, and what running sweeps are doing", dashboard.Progress{}},
		{verifySchema, "ledger verify", "the integrity of ledgers", verifications{}},
		{verifyExportsSchema, "ledger verify EXPORT", "the integrity of exported files", verifiedExports{}},
		{exportSchema, "ledger export", "the export that was written", exported{}},
		{importSchema, "ledger import", "the files that were imported", importedFiles{}},
		{pruneSchema, "ledger prune", "the days that were removed", prunedLedgers{}},
	}
}

// listedCalls is what calls --json writes.
type listedCalls struct {
	Schema string        `json:"schema"`
	Calls  []report.Call `json:"calls"` // the oldest first
}

// vetted is what vet --json writes.
type vetted struct {
	Schema   string       `json:"schema"`
	Drift    bool         `json:"drift"`    // a finding fails
	Findings []vetFinding `json:"findings"` // by place
	Notes    []string     `json:"notes"`    // what could not be scanned
}

// recorded is what record --json writes.
type recorded struct {
	Schema string `json:"schema"`
	recorder.Summary
}

// servedEmulator is what emulator --json writes.
type servedEmulator struct {
	Schema       string `json:"schema"`
	URL          string `json:"url"`          // of the server, as in RC_SERVER_URL
	Console      string `json:"console"`      // address of the page with the console's view of the app
	ClientID     string `json:"clientId"`     // as in RC_APP_CLIENT_ID
	ClientSecret string `json:"clientSecret"` // as in RC_APP_CLIENT_SECRET; it is worth nothing anywhere else
	JWT          string `json:"jwt"`          // as in RC_USER_JWT
}

// foundOperations is what ops --json writes.
type foundOperations struct {
	Schema     string      `json:"schema"`
	Operations []operation `json:"operations"` // by path and method
}

// verifications is what ledger verify --json writes.
type verifications struct {
	Schema  string         `json:"schema"`
	Ledgers []verification `json:"ledgers"` // one for each server and client id
}

// verifiedExports is what ledger verify --json writes of named files.
type verifiedExports struct {
	Schema  string           `json:"schema"`
	Exports []verifiedExport `json:"exports"` // one for each ledger in each file
}

// importedFiles is what ledger import --json writes.
type importedFiles struct {
	Schema string     `json:"schema"`
	Files  []imported `json:"files"` // one for each ledger in each file
}

// prunedLedgers is what ledger prune --json writes.
type prunedLedgers struct {
	Schema  string    `json:"schema"`
	Ledgers []pruning `json:"ledgers"` // one for each server and client id
}
