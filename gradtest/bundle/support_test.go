package bundle

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/ssh"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

const origin = "platform.example.com-0a1b2c3d"

var now = time.Date(2026, 11, 5, 14, 0, 0, 0, time.UTC)

// declared is an app with three endpoints.
func declared() ledger.Declaration {
	d := ledger.Declaration{App: "crm-sync", Policy: "graduation"}
	for _, op := range []rcapi.Operation{rcapi.ReadExtension, rcapi.ReadUserCallLog, rcapi.ListMessages} {
		d.Scopes = append(d.Scopes, string(op.Scope))
		d.Endpoints = append(d.Endpoints, ledger.DeclaredEndpoint{
			Name: op.ID, Op: op.ID, Method: op.Method, Path: op.Path, Group: string(op.Group), Scope: string(op.Scope),
		})
	}
	return d
}

// done is a call that ended some time before now.
func done(id string, op rcapi.Operation, status int, ago time.Duration) ledger.Record {
	at := now.Add(-ago)
	return ledger.Record{
		Kind: ledger.Done, ID: id, At: at, Sent: at.Add(-200 * time.Millisecond), Op: op.ID, Method: op.Method, Path: op.Path,
		Groups: op.Groups(), Scopes: []string{string(op.Scope)}, Status: status, RequestID: "8f606268-90f6-4596-8e73-" + fmt.Sprintf("%012s", id),
	}
}

// ready are the records of an app that is ready.
func ready() []ledger.Record {
	d := declared()
	all := []ledger.Record{{Kind: ledger.Declared, ID: "declared", At: now.Add(-3 * time.Hour), Declared: &d}}
	ops := []rcapi.Operation{rcapi.ReadExtension, rcapi.ReadUserCallLog, rcapi.ListMessages}
	for i := range 24 {
		r := done(fmt.Sprint("c", i), ops[i%len(ops)], 200, 2*time.Hour-time.Duration(i)*time.Minute)
		all = append(all, ledger.Record{
			Kind: ledger.Reserved, ID: r.ID, At: r.Sent, Latest: r.At.Add(time.Minute), Op: r.Op, Method: r.Method, Path: r.Path, Groups: r.Groups, Owner: "OWNER",
		}, r)
	}
	all = append(
		all,
		ledger.Record{
			Kind:   ledger.Reserved,
			ID:     "lost",
			At:     now.Add(-90 * time.Minute),
			Latest: now.Add(-89 * time.Minute),
			Op:     "readExtension",
			Method: "GET",
			Path:   rcapi.ReadExtension.Path,
			Groups: []string{"light"},
		},
		done("old", rcapi.ReadExtension, 200, 60*time.Hour),
	)
	return all
}

// kept is a ledger directory with the records.
func kept(tb testing.TB, records ...ledger.Record) *ledger.Dir {
	d, err := ledger.Open(filepath.Join(tb.TempDir(), origin))
	require.NoError(tb, err)
	tb.Cleanup(func() { _ = d.Close() })
	require.NoError(tb, d.Append(tb.Context(), records...))
	return d
}

// made is the bundle of a store.
func made(tb testing.TB, from ledger.Store, change ...func(*Options)) []byte {
	d := declared()
	o := Options{Origin: origin, Declaration: &d, At: now}
	for _, c := range change {
		c(&o)
	}
	var b bytes.Buffer
	_, err := Write(tb.Context(), &b, from, o)
	require.NoError(tb, err)
	return b.Bytes()
}

// verified verifies a bundle.
func verified(tb testing.TB, data []byte, o ...VerifyOptions) Result {
	r, err := verify(tb, data, o...)
	require.NoError(tb, err)
	return r
}

func verify(tb testing.TB, data []byte, o ...VerifyOptions) (Result, error) {
	return Verify(tb.Context(), bytes.NewReader(data), int64(len(data)), append(o, VerifyOptions{})[0])
}

// content unpacks a bundle.
func content(tb testing.TB, data []byte) map[string]string {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	require.NoError(tb, err)
	all := make(map[string]string)
	for _, f := range z.File {
		in, err := f.Open()
		require.NoError(tb, err)
		text, err := io.ReadAll(in)
		require.NoError(tb, err)
		all[f.Name] = string(text)
	}
	return all
}

// forged is a bundle with other members, and with a manifest that agrees with them, as a forger would make it.
func forged(tb testing.TB, data []byte, change func(all map[string]string, m *Manifest)) []byte {
	all := content(tb, data)
	m, err := decodeManifest([]byte(all[manifestName]))
	require.NoError(tb, err)
	change(all, &m)
	m.Members = nil
	var packs []*packed
	for _, k := range kinds {
		text, ok := all[k.name]
		if !ok || k.name == manifestName || k.name == signatureName {
			continue
		}
		p, err := pack(k.name, []byte(text))
		require.NoError(tb, err)
		packs, m.Members = append(packs, p), append(m.Members, p.member())
	}
	text, err := encode(m)
	require.NoError(tb, err)
	last := []string{manifestName}
	all[manifestName] = string(text)
	if all[signatureName] != "" {
		last = append(last, signatureName)
	}
	for _, name := range last {
		p, err := pack(name, []byte(all[name]))
		require.NoError(tb, err)
		packs = append(packs, p)
	}
	return zipped(tb, packs...)
}

func zipped(tb testing.TB, packs ...*packed) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range packs {
		require.NoError(tb, p.addTo(z))
	}
	require.NoError(tb, z.Close())
	return b.Bytes()
}

// replaced replaces a text that must be there.
func replaced(tb testing.TB, text, old, to string) string {
	require.Contains(tb, text, old)
	return strings.Replace(text, old, to, 1)
}

// export is records as a bundle has them.
func export(tb testing.TB, records []ledger.Record) string {
	m := ledger.NewMemory()
	require.NoError(tb, m.Append(tb.Context(), records...))
	var b bytes.Buffer
	_, _, err := ledger.ExportOnly(tb.Context(), &b, m, origin, time.Time{}, func(*ledger.Record) bool { return true })
	require.NoError(tb, err)
	return b.String()
}

// key is a signing key, and the file of allowed signers that has it.
func key(tb testing.TB, name string) (ssh.Signer, *Signers) {
	_, private, err := ed25519.GenerateKey(nil)
	require.NoError(tb, err)
	s, err := ssh.NewSignerFromKey(private)
	require.NoError(tb, err)
	file := filepath.Join(tb.TempDir(), "signers")
	require.NoError(tb, os.WriteFile(file, append([]byte(name+" "), ssh.MarshalAuthorizedKey(s.PublicKey())...), 0o600))
	signers, err := ReadSigners(file)
	require.NoError(tb, err)
	return s, signers
}

// policies are some that a team may have.
func ours() criteria.Policy {
	p := criteria.Graduation
	p.Name, p.Version, p.PerEndpoint = "ours", "1", 6
	return p
}

// texts returns the differences as sentences.
func texts(r Result) (out []string) {
	for _, d := range r.Differences {
		out = append(out, d.String())
	}
	return slices.Clone(out)
}
