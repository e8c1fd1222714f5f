package bundle

import (
	"fmt"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

const policySchema = "gradtest/policy/v1"

// policyFile is a policy as policy.json has it.
type policyFile struct {
	Schema       string   `json:"schema"`
	Name         string   `json:"name"`
	Version      string   `json:"version"`
	Source       string   `json:"source"`
	Edition      string   `json:"edition"`
	Successes    int      `json:"successes"`
	PerEndpoint  int      `json:"perEndpoint"`
	Scopes       bool     `json:"scopes"`
	AuthErrors   ruleFile `json:"authErrors"`
	ClientErrors ruleFile `json:"clientErrors"`
	NoRefusals   bool     `json:"noRefusals"`
	CountIn      []string `json:"countIn"`
	ErrorsIn     []string `json:"errorsIn"`
}

// ruleFile is an error rule of a policy.
type ruleFile struct {
	Answers []string `json:"answers"`
	Over    []string `json:"over"`
	Below   int      `json:"below"`
}

// flag is the name of a bit.
type flag[T ~uint8] struct {
	bit  T
	name string
}

var (
	answers = []flag[criteria.Answers]{
		{criteria.Unauthorized, "unauthorized"}, {criteria.Forbidden, "forbidden"},
		{criteria.TokenFailure, "token-failure"}, {criteria.ClientError, "client-error"},
	}
	traffic = []flag[criteria.Traffic]{{criteria.APITraffic, "api"}, {criteria.AllTraffic, "all"}}
	windows = []flag[criteria.Windows]{{criteria.UTCDays, "utc-days"}, {criteria.Rolling48h, "rolling-48h"}}
)

// names lists the names of the bits that are set.
func names[T ~uint8](set T, flags []flag[T]) []string {
	out := []string{}
	for _, f := range flags {
		if set&f.bit != 0 {
			out = append(out, f.name)
		}
	}
	return out
}

// setOf returns the bits that have the names.
func setOf[T ~uint8](list []string, flags []flag[T], field string) (set T, err error) {
	var known []string
	for _, f := range flags {
		known = append(known, f.name)
	}
next:
	for _, name := range list {
		for _, f := range flags {
			if f.name == name {
				set |= f.bit
				continue next
			}
		}
		return 0, fmt.Errorf("%s has %q, which is none of %s", field, name, strings.Join(known, ", "))
	}
	return set, nil
}

func newPolicyFile(p criteria.Policy) policyFile {
	rule := func(r criteria.ErrorRule) ruleFile {
		return ruleFile{names(r.Answers, answers), names(r.Over, traffic), r.Below}
	}
	return policyFile{
		Schema: policySchema, Name: p.Name, Version: p.Version, Source: p.Source, Edition: string(p.Edition),
		Successes: p.Successes, PerEndpoint: p.PerEndpoint, Scopes: p.Scopes,
		AuthErrors: rule(p.AuthErrors), ClientErrors: rule(p.ClientErrors), NoRefusals: p.NoRefusals,
		CountIn: names(p.CountIn, windows), ErrorsIn: names(p.ErrorsIn, windows),
	}
}

// policy returns the policy with these values.
func (f policyFile) policy() (p criteria.Policy, err error) {
	if f.Schema != policySchema {
		return p, fmt.Errorf("schema is %q, and this gradtest reads %s", f.Schema, policySchema)
	}
	p = criteria.Policy{
		Name: f.Name, Version: f.Version, Source: f.Source, Edition: rcapi.Edition(f.Edition),
		Successes: f.Successes, PerEndpoint: f.PerEndpoint, Scopes: f.Scopes, NoRefusals: f.NoRefusals,
	}
	for _, r := range []struct {
		from  ruleFile
		to    *criteria.ErrorRule
		field string
	}{{f.AuthErrors, &p.AuthErrors, "authErrors"}, {f.ClientErrors, &p.ClientErrors, "clientErrors"}} {
		r.to.Below = r.from.Below
		if r.to.Answers, err = setOf(r.from.Answers, answers, r.field+".answers"); err != nil {
			return p, err
		}
		if r.to.Over, err = setOf(r.from.Over, traffic, r.field+".over"); err != nil {
			return p, err
		}
	}
	if p.CountIn, err = setOf(f.CountIn, windows, "countIn"); err != nil {
		return p, err
	}
	p.ErrorsIn, err = setOf(f.ErrorsIn, windows, "errorsIn")
	return p, err
}
