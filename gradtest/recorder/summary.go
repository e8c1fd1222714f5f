package recorder

import (
	"fmt"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/environ"
)

// Summary is what a recorder has seen. It holds no secrets, ids or contents.
type Summary struct {
	Upstream string `json:"upstream"`           // scheme and host, or "emulator"
	Emulator bool   `json:"emulator"`           // the calls count for no real app
	Paced    bool   `json:"paced"`              // the calls waited for their slots
	Evidence string `json:"evidence,omitempty"` // where the records are kept; empty: they were in memory

	Operations     []Operation    `json:"operations"`     // API calls of the catalogue, in the order of their first call
	Unknown        []Unknown      `json:"unknown"`        // API calls that the catalogue lacks, in the same order
	Authorizations []Operation    `json:"authorizations"` // OAuth requests, which count for no endpoint
	Grants         map[string]int `json:"grants"`         // number of token requests by grant, such as jwt-bearer
	Scopes         []string       `json:"scopes"`         // app scopes that the operations need, sorted
	Groups         []Group        `json:"groups"`         // limits that the calls count in, the most exceeded first

	Calls []Call   `json:"calls"` // the first 10,000 requests, in the order of their arrival
	Lost  int      `json:"lost"`  // calls that were answered and could not be recorded
	Notes []string `json:"notes"` // what the user should know, one sentence or two each
}

// Operation is one operation that was called.
type Operation struct {
	ID       string         `json:"operation,omitempty"` // operation id; empty: not in the catalogue
	Method   string         `json:"method"`
	Path     string         `json:"path"` // template
	Group    string         `json:"group,omitempty"`
	Scope    string         `json:"scope,omitempty"` // app scope that it needs; empty: none
	Calls    int            `json:"calls"`           // attempts
	Statuses map[string]int `json:"statuses"`        // number of attempts by HTTP status, or by what went wrong before one
	Clients  []string       `json:"clients"`         // products that sent it, by their User-Agent, such as curl/8.5.0
	First    int            `json:"first"`           // the order of its first call

	// Undeclared reports that an app is declared in the evidence, and does not declare it. The app may not know of it:
	// SDKs make calls by themselves.
	Undeclared bool `json:"undeclared,omitempty"`
}

// Unknown is a method and path of the platform that the catalogue lacks.
type Unknown struct {
	Operation
	Nearest string `json:"nearest"` // the ID of the operation most similar to it
	Parse   string `json:"parse"`   // Go source of the operation, to paste into an App; empty: the path cannot be one
}

// Group is the use of one rate limit.
type Group struct {
	Name    string        `json:"name"`
	Calls   int           `json:"calls"`
	Limit   int           `json:"limit"`        // in any Window; 0: unlimited
	Window  time.Duration `json:"window"`       // in nanoseconds
	Most    int           `json:"most"`         // calls in the busiest Window
	Over    int           `json:"over"`         // calls that were sent when the limit was used up
	Refused int           `json:"refused"`      // calls that were answered 429
	At      time.Time     `json:"at,omitzero"`  // when the first of either was sent
	By      string        `json:"by,omitempty"` // its operation, or its method and path
}

// Broken reports whether the program broke the limit.
func (g Group) Broken() bool { return g.Over > 0 || g.Refused > 0 }

// Call is one attempt of a request.
type Call struct {
	Order     int    `json:"order"`               // of the request's arrival, from 1
	Operation string `json:"operation,omitempty"` // id; empty: not in the catalogue
	Method    string `json:"method"`
	Path      string `json:"path"`             // template
	Status    int    `json:"status,omitempty"` // 0: no answer
	Code      string `json:"code,omitempty"`   // error code of the platform, or what went wrong
	OAuth     bool   `json:"oauth,omitempty"`
}

// keptCalls bounds Summary.Calls.
const keptCalls = 10_000

// notes are the sentences about the whole run.
func (r *Recorder) notes(s Summary) (notes []string) {
	seen := len(s.Operations) + len(s.Unknown) + len(s.Authorizations)
	switch {
	case seen > 0:
	case r.proxy != nil:
		notes = append(notes, "No call was seen. The program uses neither HTTPS_PROXY nor "+environ.ServerURL[0]+": give it "+
			"the proxy in its own way (Java: -Dhttps.proxyHost and -Dhttps.proxyPort; Node.js before 24: an agent), and the "+
			"certificate in SSL_CERT_FILE.")
	default:
		notes = append(notes, fmt.Sprintf("No call was seen. The program does not read the platform's address from %s or "+
			"%s: let it, or record it with --proxy, which needs no other address.", environ.ServerURL[0], environ.ServerURL[1]))
	}
	if s.Emulator && seen > 0 {
		notes = append(notes, "The calls went to an emulator. They count for no real app; for that set RC_SERVER_URL, "+
			"RC_APP_CLIENT_ID and the credentials that the program needs.")
	}
	return notes
}
