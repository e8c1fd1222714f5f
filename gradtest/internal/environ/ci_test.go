package environ_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/internal/environ"
)

func TestCIRun(t *testing.T) {
	for name, tc := range map[string]struct {
		env         map[string]string
		commit, run string
	}{
		"none": {},
		"GitHub": {
			env: map[string]string{
				"GITHUB_SHA": "c0ffee", "GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "acme/crm", "GITHUB_RUN_ID": "7",
			},
			commit: "c0ffee", run: "https://github.com/acme/crm/actions/runs/7",
		},
		"GitLab":  {env: map[string]string{"CI_COMMIT_SHA": "c0ffee", "CI_JOB_URL": "https://gitlab.example/1"}, commit: "c0ffee", run: "https://gitlab.example/1"},
		"Jenkins": {env: map[string]string{"GIT_COMMIT": "c0ffee", "BUILD_URL": "https://ci.example/1/"}, commit: "c0ffee", run: "https://ci.example/1/"},
		"Azure": {
			env: map[string]string{
				"BUILD_SOURCEVERSION": "c0ffee", "BUILD_BUILDID": "9", "SYSTEM_COLLECTIONURI": "https://dev.azure.com/acme/", "SYSTEM_TEAMPROJECT": "crm",
			},
			commit: "c0ffee", run: "https://dev.azure.com/acme/crm/_build/results?buildId=9",
		},
	} {
		commit, run := environ.CIRun(func(name string) string { return tc.env[name] })
		assert.Equal(t, []string{tc.commit, tc.run}, []string{commit, run}, name)
	}
}
