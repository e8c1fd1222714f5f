package gradsuite_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/suite"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/gradsuite"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

var app = gradtest.App{
	Name:      "crm-suite",
	Scopes:    []rcapi.Scope{rcapi.ScopeReadAccounts},
	Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}},
}

type crm struct {
	gradsuite.Suite
	order []string
}

func (s *crm) get() {
	resp, err := s.Client().Get(s.URL() + "/restapi/v1.0/account/~/extension/~")
	s.Require().NoError(err)
	s.Equal(http.StatusOK, resp.StatusCode)
	s.NoError(resp.Body.Close())
}

func (s *crm) SetupSuite()    { s.get(); s.order = append(s.order, "setup suite") }
func (s *crm) TearDownSuite() { s.get(); s.order = append(s.order, "tear down suite") }
func (s *crm) SetupTest()     { s.order = append(s.order, "setup test") }

func (s *crm) TestOwnExtension() {
	s.get()
	s.Run("subtest", s.get)
	s.order = append(s.order, "test")
}

func TestSuite(t *testing.T) {
	before := gradtest.Start(t, app).Verdict().Successes // of an earlier round, with -count
	s := new(crm)
	gradsuite.Run(t, s, app)
	assert.Equal(t, []string{"setup suite", "setup test", "test", "tear down suite"}, s.order)

	v := gradtest.Start(t, app).Verdict()
	assert.Equal(t, before+4, v.Successes, "each call of the suite is evidence")
}

type unstarted struct{ gradsuite.Suite }

func TestSuiteWithoutRunSaysWhatToDo(t *testing.T) {
	s := new(unstarted)
	s.SetT(t)
	assert.PanicsWithValue(t, "gradsuite: the suite has no session: start it with gradsuite.Run instead of suite.Run", func() { s.Client() })
	var _ suite.TestingSuite = s
}
