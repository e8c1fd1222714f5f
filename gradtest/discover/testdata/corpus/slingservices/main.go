// Package main has services on one sling.
package main

import (
	"net/http"

	"github.com/dghubble/sling"
)

type Service struct{ sling *sling.Sling }

type listParams struct {
	Page int `url:"page"`
}

func NewService(base *sling.Sling, version string) *Service {
	return &Service{sling: base.New().Path("restapi/").Path(version + "/")}
}

func (s *Service) Teams() (*http.Response, error) {
	var out any
	return s.sling.New().Get("glip/teams").QueryStruct(&listParams{1}).ReceiveSuccess(&out) // want "listGlipTeams"
}

func (s *Service) Log() (*http.Response, error) {
	req, err := s.sling.New().Get("account/~/call-log").Request() // want "readCompanyCallLog"
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req)
}

func main() {
	s := NewService(sling.New().Base("https://platform.ringcentral.com/"), "v1.0")
	s.Teams()
	s.Log()
}
