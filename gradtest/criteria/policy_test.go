package criteria

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestByName(t *testing.T) {
	for _, p := range []Policy{Graduation, Legacy, Strictest} {
		got, err := ByName(p.Name)
		require.NoError(t, err)
		assert.Equal(t, p, got)
		assert.NotEmpty(t, p.Source)
		assert.Equal(t, p.Name+" "+p.Version, p.String())
	}
	got, err := ByName("GRADUATION")
	require.NoError(t, err)
	assert.Equal(t, Graduation, got)
	got, err = ByName("")
	require.NoError(t, err)
	assert.Equal(t, Graduation, got)
	_, err = ByName("strict")
	assert.EqualError(t, err, `criteria: no policy is named "strict": use one of graduation, legacy, strictest`)
}

func TestPolicyZeroMeansGraduation(t *testing.T) {
	assert.Equal(t, Graduation, Policy{}.OrDefault())
	assert.Equal(t, Legacy, Legacy.OrDefault())
	v := Evaluate(Policy{}, both(), enough(21).all(), noon)
	assert.Equal(t, Evaluate(Graduation, both(), enough(21).all(), noon), v)
	assert.Equal(t, "graduation 2023-05-02", v.Policy)
}

// TestPolicyFields changes one field at a time and watches the verdict turn.
func TestPolicyFields(t *testing.T) {
	for _, tt := range []struct {
		name    string
		change  func(*Policy)
		records *log
		open    []string
		changed []string
	}{
		{"more than 5 per endpoint", func(p *Policy) { p.PerEndpoint = 6 },
			new(log).ok(20, first, today).ok(5, second, today), nil, []string{RuleEndpoints}},
		{"no volume", func(p *Policy) { p.Successes = 0 }, enough(10), []string{RuleVolume}, nil},
		{"no error rule", func(p *Policy) { p.AuthErrors = ErrorRule{} }, enough(21).answers(9, first, 401, today), []string{RuleAuthErrors}, nil},
		{"below 50 %", func(p *Policy) { p.AuthErrors.Below = 50 }, enough(21).answers(20, first, 401, today), []string{RuleAuthErrors}, nil},
		{"50 % is not below 50 %", func(p *Policy) { p.AuthErrors.Below = 50 }, enough(21).answers(21, first, 401, today),
			[]string{RuleAuthErrors}, []string{RuleAuthErrors}},
		{"401 alone", func(p *Policy) { p.AuthErrors.Answers = Unauthorized }, enough(21).answers(9, first, 403, today), []string{RuleAuthErrors}, nil},
		{"API traffic alone", func(p *Policy) { p.AuthErrors.Over = APITraffic }, enough(21).token(5, 400, today), []string{RuleAuthErrors}, nil},
		{"all traffic alone", func(p *Policy) { p.AuthErrors.Over = AllTraffic },
			enough(21).answers(2, first, 401, today).token(20, 200, today), []string{RuleAuthErrors}, nil},
		{"errors in the UTC window alone", func(p *Policy) { p.ErrorsIn = UTCDays }, enough(21).answers(9, first, 401, before), []string{RuleAuthErrors}, nil},
		{"errors in the rolling window alone", func(p *Policy) { p.ErrorsIn = Rolling48h },
			enough(21).answers(2, first, 401, today).ok(20, first, before), []string{RuleAuthErrors}, nil},
		{"successes in the rolling window", func(p *Policy) { p.CountIn = Rolling48h },
			new(log).ok(11, first, before).ok(11, second, before), []string{RuleVolume, RuleEndpoints, RuleScopes}, nil},
		{"no refusals", func(p *Policy) { p.NoRefusals = true }, enough(21).answers(1, first, 429, today), nil, []string{RuleRateLimit}},
		{"refusals in the UTC window alone", func(p *Policy) { p.NoRefusals, p.ErrorsIn = true, UTCDays }, enough(21).answers(1, first, 429, before), nil, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := Graduation
			assert.ElementsMatch(t, tt.open, Evaluate(p, both(), tt.records.all(), noon).open())
			tt.change(&p)
			assert.ElementsMatch(t, tt.changed, Evaluate(p, both(), tt.records.all(), noon).open())
		})
	}
}

func TestPolicyWithoutScopesHasNoSuchFinding(t *testing.T) {
	p := Graduation
	p.Scopes = false
	v := Evaluate(p, Want{Endpoints: []Endpoint{{Op: first}}, Scopes: both().Scopes}, new(log).ok(21, first, today).all(), noon)
	assert.True(t, v.Ready)
	assert.Empty(t, v.finding(RuleScopes).Rule)
	assert.Empty(t, v.Needs.Scopes)
}

func TestPolicyRollingSuccessesLast48Hours(t *testing.T) {
	p := Graduation
	p.CountIn = Rolling48h
	v := Evaluate(p, both(), new(log).ok(11, first, yesterday).ok(11, second, today).all(), noon)
	assert.Equal(t, yesterday.Add(48*time.Hour), v.Until)
	assert.Equal(t, noon.Add(-48*time.Hour), v.Since)
}
