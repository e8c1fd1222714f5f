package redisstore

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseSaysWhatIsWrong(t *testing.T) {
	for _, tc := range []struct{ url, want string }{
		{"http://user:hush@h", "does not begin with redis://"},
		{"redis://user:hush@h:6379/0?quarantin=1s", "unknown parameter quarantin: remove it, or correct its name"},
		{"redis://user:hush@h:6379/0?quarantine=soon", "quarantine in the Redis URL is not a duration"},
		{"redis://user:hush@h:6379/0?patience=-1s", "patience in the Redis URL is not a duration"},
		{"redis://user:hush@h:6379/0?fresh=yes", "write fresh=1"},
		{"redis://user:hush@h:6379/zero", "go-redis cannot parse a part"},
		{"redis://user:hush@h:six", "cannot be parsed"},
	} {
		_, _, err := parse(tc.url)
		require.ErrorContains(t, err, tc.want, tc.url)
		assert.NotContains(t, err.Error(), "hush")
	}
}
