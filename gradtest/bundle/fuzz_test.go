package bundle

import (
	"bytes"
	"testing"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// FuzzVerify: no file makes Verify panic, and none that differs from what Write wrote is as it says.
func FuzzVerify(f *testing.F) {
	memory := ledger.NewMemory()
	if err := memory.Append(f.Context(), ready()[:4]...); err != nil {
		f.Fatal(err)
	}
	data := made(f, memory, func(o *Options) { o.version = "v1.2.3" })
	f.Add(data)
	f.Add([]byte{})
	f.Add(data[:len(data)/2])
	f.Add(hidden(data))
	f.Add(
		forged(f, data, func(all map[string]string, _ *Manifest) { all[declarationName] = `{"endpoints":[{"calls":-1}]}` }),
	)
	f.Add(
		forged(f, data, func(all map[string]string, _ *Manifest) { all[policyName] = `{"schema":"gradtest/policy/v1"}` }),
	)
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := verify(t, b, VerifyOptions{version: "v1.2.3"})
		if err == nil && r.OK && !bytes.Equal(b, data) {
			all, was := content(t, b), content(t, data)
			for name, text := range was {
				if name != manifestName && all[name] != text { // the commit is the maker's word
					t.Errorf("%s was changed", name)
				}
			}
		}
	})
}

// FuzzMembers: the same for the members, in an archive that is consistent.
func FuzzMembers(f *testing.F) {
	memory := ledger.NewMemory()
	if err := memory.Append(f.Context(), ready()[:4]...); err != nil {
		f.Fatal(err)
	}
	data := made(f, memory, func(o *Options) { o.version = "v1.2.3" })
	all := content(f, data)
	f.Add(all[policyName], all[declarationName], all[recordsName], all[verdictName])
	f.Add(
		`{"schema":"gradtest/policy/v1","perEndpoint":1000000}`,
		`{"endpoints":[{"calls":1000000},{"calls":1000000}]}`,
		all[recordsName],
		`{}`,
	)
	f.Add(`{`, `null`, "", `[]`)
	f.Fuzz(func(t *testing.T, policy, declaration, records, verdict string) {
		r, err := verify(t, forged(t, data, func(m map[string]string, _ *Manifest) {
			m[policyName], m[declarationName], m[recordsName], m[verdictName] = policy, declaration, records, verdict
		}), VerifyOptions{version: "v1.2.3"})
		if err == nil && r.OK && records != all[recordsName] {
			t.Error("other records make the same verdict")
		}
	})
}
