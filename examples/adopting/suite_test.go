package adopting

import (
	"testing"

	crm "github.com/graduationkit/ringcentral/examples/unittests"
	"github.com/graduationkit/ringcentral/gradtest/gradsuite"
)

type CRM struct {
	gradsuite.Suite
	crm *crm.Client
}

func (s *CRM) SetupSuite() { s.crm = crm.New(s.Client(), s.URL()) }

func (s *CRM) TestOwner() {
	name, err := s.crm.Owner(s.T().Context())
	s.Require().NoError(err)
	s.NotEmpty(name)
}

func TestSuite(t *testing.T) { gradsuite.Run(t, new(CRM), app) }
