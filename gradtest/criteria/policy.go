package criteria

import (
	"fmt"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Policy is a named, versioned set of graduation rules, as data. The policies of this package are [Graduation],
// [Legacy] and [Strictest]. A team with a bar of its own starts from one of them and changes fields:
//
//	bar := criteria.Graduation
//	bar.Name, bar.PerEndpoint = "ours", 6
//
// Policies are comparable. Where a Policy is optional the zero value means [Graduation]; see [Policy.OrDefault].
type Policy struct {
	Name    string // one word, as [ByName] takes it
	Version string // of the rules' text, not of this package
	Source  string // where the text of the rules comes from

	// Edition is the platform that the policy is about: its operations and the scopes that they exercise. Endpoints that
	// it lacks are judged by the same rules, and the verdict notes them with what replaces them. Zero: all editions.
	Edition rcapi.Edition

	Successes    int       // successful calls needed in all; "more than 20" is 21; zero: rule volume always holds
	PerEndpoint  int       // successful calls needed on each endpoint used; zero: only [Endpoint.Calls] counts
	Scopes       bool      // every declared app scope must be exercised
	AuthErrors   ErrorRule // rule auth-errors; zero: not a rule of this policy
	ClientErrors ErrorRule // rule client-errors; zero: not a rule of this policy
	NoRefusals   bool      // no response 429 to any request

	CountIn  Windows // where successes count; several: in the narrowest of them; zero: [UTCDays]
	ErrorsIn Windows // where the error rules must hold, in each; zero: [UTCDays] and [Rolling48h]
}

// ErrorRule asks that errors stay below a share of the traffic. The zero value is no rule.
type ErrorRule struct {
	Answers Answers // which responses are errors; zero: no rule
	Over    Traffic // the shares to compute; each must hold; zero: [APITraffic] and [AllTraffic]
	Below   int     // percent; exactly that much is too much; zero: 5
}

// Traffic says which requests a share of errors is computed over, errors and calls alike. The package documentation
// says why both are computed.
type Traffic uint8

const (
	APITraffic Traffic = 1 << iota // API calls alone
	AllTraffic                     // API calls and authorization requests
)

// Rule keys of a [Finding], in the order in which they are reported.
const (
	RuleVolume       = "volume"        // successful calls in all
	RuleEndpoints    = "endpoints"     // successful calls per endpoint
	RuleScopes       = "scopes"        // app scopes exercised
	RuleAuthErrors   = "auth-errors"   // share of errors of [Policy.AuthErrors]
	RuleClientErrors = "client-errors" // share of errors of [Policy.ClientErrors]
	RuleRateLimit    = "rate-limit"    // responses with status 429
)

// authErrors is the strict reading of "authentication errors": the text does not say whether it means responses 401 and
// 403 to API calls or failed logins, so it is both.
var authErrors = ErrorRule{Answers: Unauthorized | Forbidden | TokenFailure, Below: 5}

// The policies. They differ because the platform's own texts do; where a text leaves a reading open, the strict one is
// taken, so that a verdict of ready holds under every reading.
var (
	// Graduation is the text of 2022 and 2023 in its strict reading, and the default: more than 20 successful calls, at
	// least 5 on each endpoint used, every declared app scope exercised, authentication errors below 5 %.
	Graduation = Policy{
		Name: "graduation", Version: "2023-05-02",
		Source:    "developer guide, getting-started/graduate-app (text of 2022-04-06, withdrawn 2024-03-07)",
		Edition:   rcapi.Edition2024,
		Successes: 21, PerEndpoint: 5, Scopes: true, AuthErrors: authErrors,
	}

	// Legacy is the bar before 2022, the one the console's own page showed: at least 20 successful calls, at least 5 on
	// each endpoint used, every permission exercised, less than 5 % of all calls answered 4xx, and no throttling.
	Legacy = Policy{
		Name: "legacy", Version: "2019-01-17",
		Source:    "developer guide, basics/production (2019) and Production Access Request Criteria (about 2016)",
		Edition:   rcapi.Edition2021,
		Successes: 20, PerEndpoint: 5, Scopes: true,
		ClientErrors: ErrorRule{Answers: ClientError, Below: 5}, NoRefusals: true,
	}

	// Strictest has every rule of Graduation and of Legacy.
	Strictest = Policy{
		Name: "strictest", Version: "2023-05-02",
		Source:    "policies graduation and legacy together",
		Edition:   rcapi.Edition2024,
		Successes: 21, PerEndpoint: 5, Scopes: true, AuthErrors: authErrors,
		ClientErrors: ErrorRule{Answers: ClientError, Below: 5}, NoRefusals: true,
	}
)

// ByName returns the policy of that name, case ignored; the empty name is [Graduation]. A name may have an edition,
// such as graduation@2021-03 or graduation@2021; see [Policy.In].
func ByName(name string) (Policy, error) {
	base, edition, chosen := strings.Cut(name, "@")
	if base == "" && !chosen {
		return Graduation, nil
	}
	var known []string
	for _, p := range Policies() {
		if !strings.EqualFold(p.Name, base) {
			known = append(known, p.Name)
			continue
		}
		if !chosen {
			return p, nil
		}
		e, err := rcapi.ParseEdition(edition)
		if err != nil {
			return Policy{}, fmt.Errorf("criteria: policy %q: %w", name, err)
		}
		return p.In(e), nil
	}
	return Policy{}, fmt.Errorf("criteria: no policy is named %q: use one of %s", name, strings.Join(known, ", "))
}

// In returns p about another edition of the platform. The edition becomes part of the name, so that [ByName] finds the
// policy: Graduation.In(rcapi.Edition2021) is graduation@2021-03.
func (p Policy) In(e rcapi.Edition) Policy {
	p = p.OrDefault()
	base, _, _ := strings.Cut(p.Name, "@")
	p.Name, p.Edition = base, e
	if same, err := ByName(base); err != nil || same.Edition != e {
		p.Name += "@" + string(e)
	}
	return p
}

// OrDefault returns p, or [Graduation] when p is the zero Policy.
func (p Policy) OrDefault() Policy {
	if p == (Policy{}) {
		return Graduation
	}
	return p
}

// String is the name and version, such as "graduation 2023-05-02".
func (p Policy) String() string {
	p = p.OrDefault()
	return strings.TrimSpace(p.Name + " " + p.Version)
}

// need returns how many successes the policy and a declaration together ask of an endpoint.
func (p Policy) need(calls int) int { return max(p.PerEndpoint, calls, 0) }

func (r ErrorRule) over() Traffic {
	if r.Over == 0 {
		return APITraffic | AllTraffic
	}
	return r.Over
}

func (r ErrorRule) below() int {
	if r.Below == 0 {
		return defaultBelow
	}
	return r.Below
}
