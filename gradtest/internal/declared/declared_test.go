package declared_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/declared"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

func TestHandOver(t *testing.T) {
	dir, err := declared.Create()
	require.NoError(t, err)
	defer os.RemoveAll(dir)
	want := []declared.Entry{
		{Fault: "refused"},
		{Test: "TestA", Declaration: &ledger.Declaration{App: "crm", Scopes: []string{"SMS"}}},
		{Test: "TestB", Declaration: &ledger.Declaration{App: "crm"}},
	}
	for _, i := range []int{2, 0, 1} {
		require.NoError(t, declared.Write(dir, want[i]))
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "killed.partial"), []byte(`{"te`), 0o600))
	got, err := declared.Read(dir)
	require.NoError(t, err)
	assert.Equal(t, want, got)

	require.ErrorContains(t, declared.Write(t.TempDir(), want[0]), "unset it")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "x.json"), []byte("{"), 0o600))
	_, err = declared.Read(dir)
	require.ErrorContains(t, err, "x.json")
}
