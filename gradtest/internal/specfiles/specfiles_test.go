package specfiles

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestParse(t *testing.T) {
	join := func(items ...string) string { return strings.Join(items, string(os.PathListSeparator)) }
	for _, tt := range []struct {
		list string
		want []File
	}{
		{"", nil},
		{"new.yml", []File{{rcapi.Newest, "new.yml"}}},
		{join("new.yml", "2021-03=old.json"), []File{{rcapi.Edition2021, "old.json"}, {rcapi.Newest, "new.yml"}}},
		{join("", "2024-03-05=a=b.yml"), []File{{rcapi.Edition2024, "a=b.yml"}}},
	} {
		got, err := Parse(tt.list)
		require.NoError(t, err)
		assert.Equal(t, tt.want, got, tt.list)
	}
	for list, want := range map[string]string{
		"2020=a.yml":           `no edition is named "2020": use one of [2021-03 2023-05 2024-03-05 2026-08]`,
		join("a.yml", "b.yml"): "edition 2026-08 is there twice: write EDITION=PATH for each file",
	} {
		_, err := Parse(list)
		assert.ErrorContains(t, err, want)
	}
}

func TestGiven(t *testing.T) {
	t.Setenv(Variable, "2023-05=x.yml")
	got, err := Given()
	require.NoError(t, err)
	assert.Equal(t, []File{{rcapi.Edition2023, "x.yml"}}, got)
}
