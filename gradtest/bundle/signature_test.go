package bundle

import (
	"runtime/debug"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSignature(t *testing.T) {
	k, signers := key(t, "ops@example.com")
	_, strangers := key(t, "eve@example.com")
	store := kept(t, ready()...)
	plain := made(t, store)
	signed := made(t, store, func(o *Options) { o.Key = k })

	r := verified(t, signed, VerifyOptions{Signers: signers})
	assert.True(t, r.OK, texts(r))
	assert.Equal(t, Signature{true, true, r.Signature.Fingerprint, "ops@example.com"}, r.Signature)
	assert.Regexp(t, "^SHA256:", r.Signature.Fingerprint)

	r = verified(t, signed)
	assert.True(t, r.OK, texts(r))
	assert.Empty(t, r.Signature.By)
	assert.Contains(t, strings.Join(r.Notes, "\n"), "Whose that is was not checked: name a file of allowed signers.")

	r = verified(t, signed, VerifyOptions{Signers: strangers})
	assert.False(t, r.OK)
	assert.Contains(
		t,
		texts(r)[0],
		"manifest.json.sig is by "+r.Signature.Fingerprint+", which is not accepted: its key is not in ",
	)
	assert.Empty(t, r.Signature.By)

	r = verified(t, plain, VerifyOptions{Signers: signers})
	assert.Equal(t, []string{"manifest.json.sig is missing: the bundle is not signed"}, texts(r))
	r = verified(t, plain)
	assert.False(t, r.Signature.Signed)

	// A signature of something else, however consistent.
	moved := forged(t, signed, func(all map[string]string, m *Manifest) { m.Commit = "0000000" })
	r = verified(t, moved, VerifyOptions{Signers: signers})
	assert.Contains(t, texts(r)[0], "manifest.json.sig is not of this manifest.json (")
	assert.False(t, r.Signature.Valid)
	r = verified(t, forged(t, signed, func(all map[string]string, _ *Manifest) { all[signatureName] = "hello" }))
	assert.Contains(t, strings.Join(texts(r), "\n"), "manifest.json.sig is not a signature")
}

// TestOtherVersions: what another version explains is said, and is no difference.
func TestOtherVersions(t *testing.T) {
	data := made(t, kept(t, ready()...), func(o *Options) { o.version = "v1.2.3" })
	reworded := forged(t, data, func(all map[string]string, m *Manifest) {
		m.Catalogue = "sha256:1111"
		all[verdictName] = replaced(t, all[verdictName], `"got": "24 successful calls"`, `"got": "24 calls"`)
		all[pageName] += " "
	})
	r := verified(t, reworded, VerifyOptions{version: "v1.3.0"})
	assert.True(t, r.OK, texts(r))
	said := strings.Join(r.Notes, "\n")
	assert.Contains(t, said, "gradtest v1.2.3 made the bundle, and this is v1.3.0: sentences and the page may differ.")
	assert.Contains(t, said, "The catalogue of operations was another one (sha256:1111, here sha256:")
	assert.Contains(
		t,
		said,
		`A sentence is worded otherwise: verdict.json: rule volume: rules[0].got is "24 calls" in the bundle, and "24 successful calls" when judged again.`,
	)
	assert.Contains(t, said, "page.html is not the one that this gradtest makes of the records")

	counted := forged(t, data, func(all map[string]string, _ *Manifest) {
		all[verdictName] = replaced(t, all[verdictName], `"successes": 24`, `"successes": 25`)
	})
	r = verified(t, counted, VerifyOptions{version: "v1.3.0"})
	assert.Equal(
		t,
		[]string{"verdict.json: successes is 25 in the bundle, and 24 when judged again"},
		texts(r),
		"a number is a number",
	)

	older := forged(t, data, func(all map[string]string, m *Manifest) {
		all[policyName] = replaced(t, all[policyName], `"version": "2023-05-02"`, `"version": "2020-01-01"`)
		m.Policy = "graduation 2020-01-01"
	})
	r = verified(t, older, VerifyOptions{version: "v1.3.0"})
	assert.Contains(
		t,
		strings.Join(r.Notes, "\n"),
		"The policy graduation has the version 2020-01-01 in the bundle and 2023-05-02 here.",
	)
}

func TestVersion(t *testing.T) {
	for want, info := range map[string]debug.BuildInfo{
		"v1.2.3": {Main: debug.Module{Path: "example.com/crm"}, Deps: []*debug.Module{{Path: modulePath, Version: "v1.2.3"}}},
		"v1.2.4": {Main: debug.Module{Path: modulePath, Version: "v1.2.4"}},
		devel:    {Main: debug.Module{Path: modulePath, Version: "(devel)"}},
	} {
		assert.Equal(t, want, versionIn(&info))
	}
	assert.Equal(
		t,
		devel,
		versionIn(
			&debug.BuildInfo{Deps: []*debug.Module{{Path: modulePath, Version: "v1.2.3", Replace: &debug.Module{Path: "../x"}}}},
		),
	)
}
