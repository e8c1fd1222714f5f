package bundle

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
	"github.com/graduationkit/ringcentral/gradtest/internal/sshsign"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/report"
)

// ResultSchema names the form of a [Result].
const ResultSchema = "gradtest/verify/v1"

// Result is what [Verify] found, in the form in which the command writes it with --json.
type Result struct {
	Schema      string       `json:"schema"`
	OK          bool         `json:"ok"`    // there is no difference
	Ready       bool         `json:"ready"` // the records judged anew; meaningful only if OK
	Manifest    Manifest     `json:"manifest"`
	Signature   Signature    `json:"signature"`
	Differences []Difference `json:"differences"` // the first one first, at most 100
	Notes       []string     `json:"notes"`       // what a reader should know, and is no difference

	// The judgement anew; nil if the members that it needs are damaged.
	Document *report.Document `json:"-"`
}

// Signature says who signed a bundle.
type Signature struct {
	Signed      bool   `json:"signed"`
	Valid       bool   `json:"valid"`                 // it is of this bundle, by the key of Fingerprint
	Fingerprint string `json:"fingerprint,omitempty"` // of the key
	By          string `json:"by,omitempty"`          // as the file of allowed signers names it; empty: not checked, or none
}

// Signers are the people whose signatures are accepted.
type Signers = sshsign.Signers

// ReadSigners reads a file in the format of ssh-keygen's ALLOWED SIGNERS.
func ReadSigners(file string) (*Signers, error) { return sshsign.ReadSigners(file) }

// VerifyOptions say what is accepted.
type VerifyOptions struct {
	Signers *Signers  // one of them must have signed the bundle; nil: a signature is not needed, and its key not checked
	Now     time.Time // moment at which the options of a signer must hold; zero: now

	// Page also receives the report as a web page, made anew from the records; nil: it is not kept.
	Page io.Writer

	version string // of gradtest; empty: of this build
}

// Verify checks a bundle and judges its records anew. It needs no network and no other file, and streams the records.
// The error is about a file that is no bundle of this format, about reading r, or that of ctx; everything that is wrong
// with a bundle is in the result.
func Verify(ctx context.Context, r io.ReaderAt, size int64, o VerifyOptions) (Result, error) {
	a, err := open(r, size)
	if err != nil {
		return Result{}, err
	}
	o.version = cmp.Or(o.version, version())
	v := verifier{
		archive: a, options: o,
		same:   a.manifest.Gradtest == o.version && o.version != devel && a.manifest.Catalogue == rcapi.Hash(),
		Result: Result{Schema: ResultSchema, Manifest: a.manifest, Differences: []Difference{}, Notes: []string{}},
	}
	v.differ(a.faults...)
	v.checkSignature()
	v.compareVersions()
	if b, ok := v.basis(); ok {
		if err := v.rejudge(ctx, b); err != nil {
			return Result{}, err
		}
	}
	v.OK = len(v.Differences) == 0
	return v.Result, nil
}

// verifier is a verification under way.
type verifier struct {
	Result
	*archive
	options VerifyOptions
	same    bool // a released version of gradtest made the bundle, and this is it
}

func (v *verifier) differ(d ...Difference) {
	room := maxDifferences - len(v.Differences)
	v.Differences = append(v.Differences, d[:min(len(d), room)]...)
}

func (v *verifier) note(format string, a ...any) {
	v.Notes = append(v.Notes, fmt.Sprintf(format, a...))
}

// checkSignature checks the signature by itself and against the signers.
func (v *verifier) checkSignature() {
	bad := func(reason string) { v.differ(Difference{File: signatureName, Reason: reason}) }
	if v.files[signatureName] == nil {
		if v.options.Signers != nil {
			bad("is missing: the bundle is not signed")
		}
		return
	}
	v.Signature.Signed = true
	text, err := v.archive.read(signatureName)
	if err != nil {
		bad(fmt.Sprintf("is damaged (%v)", err))
		return
	}
	sig, err := sshsign.Check(bytes.NewReader(v.text), text)
	switch {
	case errors.Is(err, sshsign.ErrNoSignature):
		bad("is " + err.Error())
		return
	case err != nil:
		bad(fmt.Sprintf("is not of this %s (%v): the bundle was changed after it was signed", manifestName, err))
		return
	}
	v.Signature.Valid, v.Signature.Fingerprint = true, sig.Fingerprint()
	if v.options.Signers == nil {
		v.note(
			"The signature is valid for the key %s. Whose that is was not checked: name a file of allowed signers.",
			sig.Fingerprint(),
		)
		return
	}
	now := v.options.Now
	if now.IsZero() {
		now = time.Now()
	}
	names, reason := v.options.Signers.Names(sig, now)
	if reason != "" {
		bad(fmt.Sprintf("is by %s, which is not accepted: %s", sig.Fingerprint(), reason))
	}
	v.Signature.By = names
}

// compareVersions notes what may explain other sentences, and what no member can show.
func (v *verifier) compareVersions() {
	m := v.Manifest
	switch {
	case m.Gradtest != v.options.version:
		v.note(
			"gradtest %s made the bundle, and this is %s: sentences and the page may differ.",
			safetext.Clean(m.Gradtest),
			v.options.version,
		)
	case !v.same && m.Gradtest == devel:
		v.note("Neither the gradtest that made the bundle nor this one has a version: sentences and the page may differ.")
	}
	if hash := rcapi.Hash(); m.Catalogue != hash {
		v.note("The catalogue of operations was another one (%s, here %s): a difference may come from that.",
			safetext.Clean(m.Catalogue), hash)
	}
}

// basis reads what the judgement depends on.
func (v *verifier) basis() (b basis, ok bool) {
	b.manifest = v.Manifest
	for _, name := range []string{policyName, declarationName, recordsName, verdictName} {
		if v.damaged(name) {
			return b, false
		}
	}
	var (
		file policyFile
		err  error
	)
	if err = v.decode(policyName, &file); err == nil {
		b.policy, err = file.policy()
	}
	if err != nil {
		v.differ(Difference{File: policyName, Reason: fmt.Sprintf("cannot be read (%v)", err)})
		return b, false
	}
	if v.files[declarationName] != nil {
		b.declaration = new(ledger.Declaration)
		if err := v.decode(declarationName, b.declaration); err != nil {
			v.differ(Difference{File: declarationName, Reason: fmt.Sprintf("cannot be read (%v)", err)})
			return b, false
		}
		if b.declaration.App != b.manifest.App {
			v.differ(
				Difference{
					File:       manifestName,
					Member:     "app",
					Bundled:    fmt.Sprintf("%q", b.manifest.App),
					Recomputed: fmt.Sprintf("%q", b.declaration.App),
				},
			)
		}
	}
	if err := b.check(); err != nil {
		v.differ(Difference{Reason: err.Error()})
		return b, false
	}
	v.comparePolicy(b.policy)
	return b, true
}

func (v *verifier) decode(name string, to any) error {
	text, err := v.archive.read(name)
	if err != nil {
		return err
	}
	return decode(text, to)
}

// comparePolicy compares a policy with the one of this gradtest that has its name.
func (v *verifier) comparePolicy(p criteria.Policy) {
	if m := v.Manifest.Policy; m != p.String() {
		v.differ(
			Difference{
				File:       manifestName,
				Member:     "policy",
				Bundled:    fmt.Sprintf("%q", m),
				Recomputed: fmt.Sprintf("%q", p.String()),
			},
		)
	}
	known, err := criteria.ByName(p.Name)
	switch {
	case p.Name == "" || err != nil:
		v.note(
			"The policy %s is not one of gradtest's: the team that made the bundle wrote it. It was applied with the values in %s; "+
				"whether they are the agreed bar, only the team can say.",
			safetext.Clean(p.String()),
			policyName,
		)
	case known == p:
	case known.Version != p.Version:
		v.note("The policy %s has the version %s in the bundle and %s here. It was applied with the values in %s.",
			safetext.Clean(p.Name), safetext.Clean(p.Version), known.Version, policyName)
	default:
		for _, d := range compareDocuments(policyName, newPolicyFile(p), newPolicyFile(known)) {
			d.Reason = fmt.Sprintf("has %s %s, and the policy %s has %s", d.Member, d.Bundled, known, d.Recomputed)
			v.differ(d)
		}
	}
}
