package report

import (
	"fmt"

	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
)

// Server is the kind of server that the evidence is about. Only a [Host] is the platform.
type Server string

// The kinds of servers.
const (
	Emulator    Server = "emulator"     // embedded in the tests
	LocalServer Server = "local-server" // on the machine of the tests, such as gradtest emulator
	Host        Server = "host"
)

// Provenance says where the evidence and the report come from. The zero value adds nothing to a report.
type Provenance struct {
	Server Server `json:"server,omitempty"`
	Name   string `json:"name,omitempty"`   // of the server: a host, with a port that is not the default
	Commit string `json:"commit,omitempty"` // of the app, in the CI run that made the report
	Run    string `json:"run,omitempty"`    // address of that CI run
}

// clean returns p with texts that are safe to show.
func (p Provenance) clean() Provenance {
	return Provenance{
		Server: Server(safetext.Clean(string(p.Server))), Name: safetext.Clean(p.Name),
		Commit: safetext.Clean(p.Commit), Run: safetext.Clean(p.Run),
	}
}

// banner says what the evidence is worth, for the top of a report.
func (p Provenance) banner() string {
	const worth = "this proves the tests, and is no evidence for the real app"
	switch p.Server {
	case Emulator:
		return "EMULATOR: " + worth
	case LocalServer:
		return fmt.Sprintf("LOCAL SERVER %s: %s", p.Name, worth)
	case Host:
		return fmt.Sprintf("Evidence of %s", p.Name)
	}
	return ""
}

// made says which commit and CI run made the report.
func (p Provenance) made() string {
	switch {
	case p.Commit != "" && p.Run != "":
		return fmt.Sprintf("Commit %s, CI run %s", p.Commit, p.Run)
	case p.Commit != "":
		return "Commit " + p.Commit
	case p.Run != "":
		return "CI run " + p.Run
	}
	return ""
}
