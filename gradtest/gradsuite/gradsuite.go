// Package gradsuite connects testify suites with the platform: the calls that the tests of a suite make through it are
// authorized, stay inside the rate limits and count as evidence, as those of [gradtest.Start] do.
//
//	type CRM struct{ gradsuite.Suite }
//
//	func (s *CRM) TestSync() {
//		contacts, err := crm.New(s.Client(), s.URL()).Sync(s.T().Context())
//		s.Require().NoError(err)
//		s.NotEmpty(contacts)
//	}
//
//	func TestCRM(t *testing.T) { gradsuite.Run(t, new(CRM), app) }
//
// All methods of testify's suites work: SetupSuite, SetupTest, subtests with s.Run, and so on.
package gradsuite

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/suite"

	"github.com/graduationkit/ringcentral/gradtest"
)

// Suite is a testify suite with a session. Embed it in a struct whose methods are the tests, and start it with [Run].
// The zero value is ready to be embedded. Its methods panic before Run, because there is no session yet.
type Suite struct {
	suite.Suite
	session *gradtest.Session
}

// Session returns the session of the suite, which is safe for concurrent use and ends with the suite.
func (s *Suite) Session() *gradtest.Session {
	if s.session == nil {
		panic("gradsuite: the suite has no session: start it with gradsuite.Run instead of suite.Run")
	}
	return s.session
}

// Client returns [gradtest.Session.Client] of the suite's session.
func (s *Suite) Client() *http.Client { return s.Session().Client() }

// URL returns the server's base URL without a trailing slash.
func (s *Suite) URL() string { return s.Session().URL() }

func (s *Suite) begin(session *gradtest.Session) { s.session = session }

// Embedding is a pointer to a struct that embeds [Suite].
type Embedding interface {
	suite.TestingSuite
	begin(*gradtest.Session)
}

// Run starts a session for the app and runs the suite with it. The session is there in SetupSuite and still there in
// TearDownSuite. A session that cannot start fails t.
func Run(t *testing.T, s Embedding, app gradtest.App) {
	t.Helper()
	s.begin(gradtest.Start(t, app))
	suite.Run(t, s)
}
