package bundle

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// unready are the records of an app that lacks calls of one endpoint.
func unready() []ledger.Record {
	var all []ledger.Record
	for _, r := range ready() {
		if r.Op != rcapi.ListMessages.ID || r.Kind == ledger.Reserved {
			all = append(all, r)
		}
	}
	return all
}

// TestForgeries: each change of a bundle, made so that the manifest agrees, is found and named.
func TestForgeries(t *testing.T) {
	released := func(o *Options) { o.version = "v1.2.3" }
	data := made(t, kept(t, unready()...), released)
	r := verified(t, data, VerifyOptions{version: "v1.2.3"})
	require.True(t, r.OK, texts(r))
	require.False(t, r.Ready)
	require.Empty(t, r.Notes)

	edit := func(file, old, to string) func(map[string]string, *Manifest) {
		return func(all map[string]string, _ *Manifest) { all[file] = replaced(t, all[file], old, to) }
	}
	for name, c := range map[string]struct {
		change func(map[string]string, *Manifest)
		first  string // difference
	}{
		"the verdict says ready": {
			func(all map[string]string, m *Manifest) {
				m.Ready = true
				all[verdictName] = replaced(t, all[verdictName], `"ready": false`, `"ready": true`)
			},
			"manifest.json: ready is true in the bundle, and false when judged again",
		},
		"a rule holds": {
			edit(verdictName, `"rule": "volume",
      "ok": false,
      "got": "16 successful calls"`, `"rule": "volume",
      "ok": true,
      "got": "21 successful calls"`),
			"verdict.json: rule volume: rules[0].ok is true in the bundle, and false when judged again",
		},
		"a number": {
			edit(verdictName, `"got": "16 successful calls"`, `"got": "20 successful calls"`),
			`verdict.json: rule volume: rules[0].got is "20 successful calls" in the bundle, and "16 successful calls" when judged again`,
		},
		"an endpoint": {
			edit(verdictName, `"got": 8,`, `"got": 9,`),
			"verdict.json: endpoints[0].got is 9 in the bundle, and 8 when judged again",
		},
		"a policy made easier": {
			func(all map[string]string, _ *Manifest) {
				all[policyName] = replaced(t, all[policyName], `"successes": 21`, `"successes": 2`)
			},
			"policy.json has successes 2, and the policy graduation 2023-05-02 has 21",
		},
		"a policy of another name": {
			func(all map[string]string, _ *Manifest) {
				all[policyName] = replaced(t, all[policyName], `"name": "graduation"`, `"name": "house"`)
			},
			`manifest.json: policy is "graduation 2023-05-02" in the bundle, and "house 2023-05-02" when judged again`,
		},
		"an unknown kind of answer": {
			edit(policyName, `"forbidden"`, `"rude"`),
			`policy.json cannot be read (authErrors.answers has "rude", which is none of unauthorized, forbidden, token-failure, client-error)`,
		},
		"a policy that costs memory": {
			edit(policyName, `"successes": 21`, `"successes": 4000000000000`),
			"policy.json: successes is 4000000000000: it must be from 0 to 1000000",
		},
		"an endpoint less is declared": {
			func(all map[string]string, _ *Manifest) {
				var d ledger.Declaration
				require.NoError(t, json.Unmarshal([]byte(all[declarationName]), &d))
				d.Endpoints = d.Endpoints[:2]
				text, _ := encode(d)
				all[declarationName] = string(text)
			},
			"declaration.json has endpoints a list of 2, and the tests recorded a list of 3",
		},
		"nothing is declared": {
			func(all map[string]string, m *Manifest) { delete(all, declarationName); m.Declared = false },
			"records.jsonl has a declaration, and the bundle has no declaration.json",
		},
		"a record taken out": {
			func(all map[string]string, m *Manifest) {
				lines := strings.SplitAfter(all[recordsName], "\n")
				all[recordsName] = strings.Join(append(lines[:4:4], lines[5:]...), "")
			},
			"records.jsonl is not as it was written: ledger: line 5 of the export: record 4 was removed (record 5 follows record 3): get the export from its source again",
		},
		"a record changed": {
			edit(recordsName, `"st":200`, `"st":201`),
			"records.jsonl is not as it was written: ledger: import: line 3: ledger: damaged record: its checksum does not match",
		},
		"other records, made anew": {
			func(all map[string]string, _ *Manifest) { all[recordsName] = export(t, ready()) },
			"manifest.json: records.all is 26 in the bundle, and 51 when judged again",
		},
		"records of another app": {
			func(all map[string]string, m *Manifest) { m.Origin = "platform.example.com-11111111" },
			`manifest.json: origin is "platform.example.com-11111111" in the bundle, and "platform.example.com-0a1b2c3d" when judged again`,
		},
		"records without a chain": {
			func(all map[string]string, m *Manifest) { all[recordsName] = unchained(t) },
			"records.jsonl is not one export of a ledger with a chain",
		},
		"two exports": {
			func(all map[string]string, m *Manifest) { all[recordsName] += all[recordsName] },
			"records.jsonl is not one export of a ledger with a chain",
		},
		"no records": {
			edit(recordsName, "", "x"), "records.jsonl is not as it was written: ledger: import: line 1: ledger: damaged record: the first line of an export, which says whose evidence follows, is missing",
		},
		"heads of another chain": {
			func(_ map[string]string, m *Manifest) { m.Heads[0].N++ },
			"manifest.json: heads[0].n is 2 in the bundle, and 1 when judged again",
		},
		"another moment": {
			func(_ map[string]string, m *Manifest) { m.At = m.At.Add(time.Hour) },
			"verdict.json: at is 2026-11-05T14:00:00Z in the bundle, and 2026-11-05T15:00:00Z when judged again",
		},
		"a page that says ready": {
			edit(pageName, "NOT READY", "READY"),
			"page.html is not what gradtest makes of the records: it was written by something else",
		},
		"a text that says ready": {
			edit(readmeName, "NOT READY", "READY"),
			"README.txt is not what gradtest makes of the records: it was written by something else",
		},
		"no verdict": {edit(verdictName, "{", ""), "verdict.json cannot be read (json: cannot unmarshal string into Go value of type report.Document)"},
		"a verdict of another kind": {
			edit(verdictName, "gradtest/report/v1", "gradtest/report/v9"),
			`verdict.json cannot be read (schema is "gradtest/report/v9", and this gradtest reads gradtest/report/v1)`,
		},
		"a member that gradtest does not write": {
			edit(verdictName, `"ready": false,`, `"ready": false, "approved": true,`),
			"verdict.json has members or a form that gradtest does not write",
		},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := verify(t, forged(t, data, c.change), VerifyOptions{version: "v1.2.3"})
			require.NoError(t, err)
			assert.False(t, r.OK)
			require.NotEmpty(t, r.Differences)
			assert.True(
				t,
				strings.HasPrefix(r.Differences[0].String(), c.first),
				"%s\nwant %s",
				strings.Join(texts(r), "\n"),
				c.first,
			)
		})
	}
}

// unchained is an export as versions before the chain wrote it.
func unchained(tb testing.TB) string {
	var b strings.Builder
	line := func(open string) {
		fmt.Fprintf(&b, "%s,\"c\":\"%08x\"}\n", open, crc32.Checksum([]byte(open), crc32.MakeTable(crc32.Castagnoli)))
	}
	line(`{"gradtest":"begin","v":1,"origin":"` + origin + `"`)
	record, err := ledger.Encode(nil, ready()[0])
	require.NoError(tb, err)
	b.Write(record)
	line(`{"gradtest":"end","v":1,"records":1`)
	return b.String()
}

// TestDamage: what happens to files on their way.
func TestDamage(t *testing.T) {
	data := made(t, kept(t, ready()...))
	all := content(t, data)
	parts := func(skip string, more ...*packed) []byte {
		var packs []*packed
		for _, k := range kinds {
			if text, ok := all[k.name]; ok && k.name != skip {
				p, err := pack(k.name, []byte(text))
				require.NoError(t, err)
				packs = append(packs, p)
			}
		}
		return zipped(t, append(packs, more...)...)
	}
	require.Equal(t, data, parts(""), "the test packs as Write does")
	extra := func(name string) *packed {
		p, err := pack(name, []byte("text"))
		require.NoError(t, err)
		return p
	}
	changed := func(name string) []byte {
		was := all[name]
		defer func() { all[name] = was }()
		all[name] = was[:len(was)-2] + "\n"
		return parts("")
	}
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"a member is missing":       {parts(policyName), "policy.json is missing"},
		"the declaration":           {parts(declarationName), "declaration.json is missing"},
		"a member was put in":       {parts("", extra("virus.exe")), "virus.exe is no member of a bundle: it was put in"},
		"outside of the folder":     {parts("", extra("../../etc/passwd")), "../../etc/passwd is no member of a bundle: it was put in"},
		"a name for a terminal":     {parts("", extra("a\x1b[2Jb")), "is no member of a bundle: it was put in"},
		"a member is there twice":   {parts("", extra(policyName)), "policy.json is there twice"},
		"a member was cut":          {changed(pageName), "page.html has"},
		"the records were cut":      {changed(recordsName), "records.jsonl has"},
		"something before":          {append([]byte("#!/bin/sh\n"), data...), "the archive is not as gradtest writes it, from byte 0 on"},
		"something between members": {hidden(data), "the archive is not as gradtest writes it, from byte"},
	} {
		t.Run(name, func(t *testing.T) {
			r := verified(t, c.data)
			assert.False(t, r.OK)
			require.NotEmpty(t, r.Differences)
			assert.Contains(t, r.Differences[0].String(), c.want)
			assert.NotContains(t, r.Differences[0].String(), "\x1b")
		})
	}
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"nothing":                    {nil, "bundle: this is no bundle: write one with gradtest bundle (zip: not a valid zip file)"},
		"text":                       {[]byte("{}"), "bundle: this is no bundle"},
		"cut":                        {data[:len(data)/2], "bundle: this is no bundle"},
		"another archive":            {zipped(t, extra("readme")), "there is no manifest.json"},
		"another schema":             {forged(t, data, func(_ map[string]string, m *Manifest) { m.Schema = "gradtest/bundle/v2" }), `manifest.json has the schema "gradtest/bundle/v2", and this gradtest reads gradtest/bundle/v1: update gradtest`},
		"a manifest that is no JSON": {zipped(t, extra(manifestName)), "manifest.json cannot be read"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := verify(t, c.data)
			assert.ErrorContains(t, err, c.want)
		})
	}
}

// hidden is an archive with bytes between the last member and the directory.
func hidden(data []byte) []byte {
	at := bytes.LastIndex(data, []byte("PK\x05\x06"))
	out := append(append(bytes.Clone(data[:at]), "hidden"...), data[at:]...)
	return out
}

// TestBomb: a member that unpacks to more than it says, or to more than any bundle has, is not unpacked.
func TestBomb(t *testing.T) {
	data := made(t, kept(t, ready()...))
	bomb := newPacked(policyName)
	zeros := make([]byte, 1<<20)
	for range 8 {
		_, _ = bomb.Write(zeros)
	}
	require.NoError(t, bomb.Close())
	m, err := pack(manifestName, []byte(content(t, data)[manifestName]))
	require.NoError(t, err)
	_, err = verify(t, zipped(t, bomb, m))
	assert.EqualError(
		t,
		err,
		"bundle: policy.json unpacks to 8388608 bytes, and at most 1048576 are read: this is no bundle that gradtest wrote",
	)

	bomb.size = 100 // a lie
	r := verified(t, zipped(t, bomb, m))
	assert.False(t, r.OK)
	assert.Contains(t, strings.Join(texts(r), "\n"), "policy.json is damaged (")
	_, err = Verify(t.Context(), bytes.NewReader(nil), maxArchive+1, VerifyOptions{})
	assert.ErrorContains(t, err, "a bundle has at most 536870912")
}

// TestEachByteCounts changes bytes of a bundle, one at a time. A change is found unless it changes nothing: the last
// byte of a compressed member can have bits without a meaning.
func TestEachByteCounts(t *testing.T) {
	k, signers := key(t, "ops@example.com")
	data := made(t, ledger.NewMemory(), func(o *Options) { o.Key, o.version = k, "v1.2.3" })
	o := VerifyOptions{Signers: signers, version: "v1.2.3"}
	require.True(t, verified(t, data, o).OK)
	for at := 0; at < len(data); at += 331 {
		changed := bytes.Clone(data)
		changed[at] ^= 1 << (at % 8)
		r, err := verify(t, changed, o)
		if err == nil && r.OK {
			require.Equal(t, content(t, data), content(t, changed), "byte %d", at)
		}
	}
}

// TestPageAnew: the page can be had from the records, for a reader who does not trust the bundled one.
func TestPageAnew(t *testing.T) {
	data := made(t, kept(t, ready()...))
	var page bytes.Buffer
	r := verified(t, data, VerifyOptions{Page: &page})
	assert.True(t, r.OK)
	assert.Equal(t, content(t, data)[pageName], page.String())
}

func TestDifferencesAreBounded(t *testing.T) {
	data := made(t, kept(t, ready()...))
	var extra []*packed
	for i := range 3 * maxDifferences {
		p, err := pack(fmt.Sprint("x", i), nil)
		require.NoError(t, err)
		extra = append(extra, p)
	}
	m, err := pack(manifestName, []byte(content(t, data)[manifestName]))
	require.NoError(t, err)
	assert.Len(t, verified(t, zipped(t, append(extra, m)...)).Differences, maxDifferences)
}
