package adopting

import (
	"os"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
)

func TestOtherLanguage(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil && os.Getenv("CI") == "" {
		t.Skip("NOT TESTED: testdata/app.sh needs curl")
	}
	s := gradtest.Start(t, app)
	before, c := s.Verdict().Successes, s.Credentials()
	cmd := exec.Command("sh", "testdata/app.sh") // any program that logs in by itself
	cmd.Env = append(os.Environ(), "RC_SERVER_URL="+s.Gateway(), "RC_APP_CLIENT_ID="+c.ClientID,
		"RC_APP_CLIENT_SECRET="+c.ClientSecret, "RC_USER_JWT="+c.JWT)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	assert.Contains(t, string(out), `"extensionNumber"`)
	assert.Equal(t, before+1, s.Verdict().Successes)
}
