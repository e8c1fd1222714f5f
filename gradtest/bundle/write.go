package bundle

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"golang.org/x/crypto/ssh"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/evidence"
	"github.com/graduationkit/ringcentral/gradtest/internal/sshsign"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Options say how evidence is judged and who vouches for it.
type Options struct {
	Origin      string              // server and app: the name of the ledger directory; required
	Declaration *ledger.Declaration // nil: nothing is declared, and the endpoints called are judged
	Policy      criteria.Policy     // zero: criteria.Graduation
	At          time.Time           // moment of judgement; zero: now
	Commit      string              // of the app; empty: not stated
	Run         string              // address of the CI run; empty: not stated
	Key         ssh.Signer          // signs the bundle; nil: unsigned

	version string // of gradtest; empty: of this build
}

// maxRecords is the number of records that a bundle can have.
const maxRecords = 1_000_000

// Write writes a bundle of an app's evidence to w and returns its manifest. It reads the store twice, and keeps in
// memory the calls and the packed records: some 150 bytes a call for a moment, 400 while the page is made.
//
// Evidence whose chain is broken is not bundled, nor is any that cannot be read: the error names the file and the
// record. Unfinished lines of killed processes are left out, as everywhere. A failed Write leaves an incomplete archive
// in w.
func Write(ctx context.Context, w io.Writer, from ledger.Store, o Options) (Manifest, error) {
	b, err := newBasis(o)
	if err != nil {
		return Manifest{}, err
	}
	records, err := b.collect(ctx, from)
	if err != nil {
		return Manifest{}, err
	}
	members, err := b.members(ctx, records)
	if err != nil {
		return Manifest{}, fmt.Errorf("bundle: %w", err)
	}
	for _, p := range members {
		b.manifest.Members = append(b.manifest.Members, p.member())
	}
	text, err := encode(b.manifest)
	if err != nil {
		return Manifest{}, fmt.Errorf("bundle: %w", err)
	}
	last, err := seal(text, o.Key)
	if err != nil {
		return Manifest{}, err
	}
	z := zip.NewWriter(w)
	for _, p := range append(members, last...) {
		if err := p.addTo(z); err != nil {
			return Manifest{}, incomplete(err)
		}
	}
	if err := z.Close(); err != nil {
		return Manifest{}, incomplete(err)
	}
	return b.manifest, nil
}

func incomplete(err error) error {
	return fmt.Errorf("bundle: %w: the file is incomplete: free space or choose another place, then write it again", err)
}

func newBasis(o Options) (b basis, err error) {
	if o.Origin == "" {
		return b, errors.New("bundle: Options.Origin is empty: set it to the name of the ledger directory")
	}
	if o.At.IsZero() {
		o.At = time.Now()
	}
	b = basis{policy: o.Policy.OrDefault(), declaration: o.Declaration}
	b.manifest = Manifest{
		Schema: Schema, Gradtest: cmp.Or(o.version, version()), Catalogue: rcapi.Hash(), Origin: o.Origin, At: o.At.UTC().Round(0),
		Policy: b.policy.String(), Declared: o.Declaration != nil, Commit: o.Commit, Run: o.Run,
		Heads: []ledger.DayHead{},
	}
	if o.Declaration != nil {
		b.manifest.App = o.Declaration.App
	}
	if err := b.check(); err != nil {
		return b, fmt.Errorf("bundle: %w", err)
	}
	return b, nil
}

// collect packs the records that matter.
func (b *basis) collect(ctx context.Context, from ledger.Store) (*packed, error) {
	at := b.manifest.At
	s := selection{since: at.Add(-evidence.Horizon), at: at, open: make(map[string]bool), app: b.manifest.App}
	reach, err := s.read(ctx, from, b.declaration != nil)
	if err != nil {
		return nil, err
	}
	p := newPacked(recordsName)
	n := 0
	done, heads, err := ledger.ExportOnly(ctx, p, from, b.manifest.Origin, reach, func(r *ledger.Record) bool {
		if !s.keeps(r) {
			return false
		}
		n++
		return true
	})
	if err := errors.Join(err, p.Close()); err != nil {
		return nil, fmt.Errorf("bundle: evidence that cannot be read or was changed is not bundled: %w", err)
	}
	if n > maxRecords {
		return nil, fmt.Errorf("bundle: %d records count at %s, and a bundle holds %d: use an export of the ledger",
			n, at.Format(time.RFC3339), maxRecords)
	}
	b.manifest.Records = Records{n, done.Calls, done.Declared, done.First, done.Last}
	b.manifest.Heads = append(b.manifest.Heads, heads...)
	return p, nil
}

// read reads the records once and returns from when on they matter, which is earlier if the declaration is old.
func (s *selection) read(ctx context.Context, from ledger.Store, declared bool) (reach time.Time, err error) {
	for _, reach = range []time.Time{s.since, s.since.Add(-evidence.Horizon), {}} {
		var faults []error
		for r, err := range from.Records(ctx, reach) {
			if _, torn := errors.AsType[*ledger.TornError](err); torn {
				continue
			}
			if err != nil {
				faults = append(faults, err)
				continue
			}
			s.survey(&r)
		}
		if err := errors.Join(faults...); err != nil {
			return reach, fmt.Errorf("bundle: evidence that cannot be read is not bundled: %w", err)
		}
		if !declared || s.declaration != "" {
			break
		}
	}
	s.sealed()
	return reach, nil
}

// members packs everything that the manifest lists.
func (b *basis) members(ctx context.Context, records *packed) (all []*packed, err error) {
	var faults []error
	seq := b.sequence(ctx, records.open, &faults)
	j := b.judge(seq)
	b.manifest.Ready = j.verdict.Ready
	page := newPacked(pageName)
	faults = append(faults, j.page(page, seq), page.Close())
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	texts := map[string]any{verdictName: j.document(), policyName: newPolicyFile(b.policy)}
	if b.declaration != nil {
		texts[declarationName] = b.declaration
	}
	packs := map[string]*packed{pageName: page, recordsName: records}
	for name, v := range texts {
		text, err := encode(v)
		if err != nil {
			return nil, err
		}
		if packs[name], err = pack(name, text); err != nil {
			return nil, err
		}
	}
	if packs[readmeName], err = pack(readmeName, []byte(b.readme(j))); err != nil {
		return nil, err
	}
	for _, k := range kinds {
		if p := packs[k.name]; p != nil {
			all = append(all, p)
		}
	}
	return all, nil
}

// sequence yields the packed records as often as they are needed.
func (b basis) sequence(ctx context.Context, open func() io.Reader, faults *[]error) iter.Seq[ledger.Record] {
	stop := errors.New("stop")
	return func(yield func(ledger.Record) bool) {
		_, err := ledger.ReadExport(ctx, open(), func(r ledger.Record) error {
			if !yield(r) {
				return stop
			}
			return nil
		})
		if err != nil && !errors.Is(err, stop) {
			*faults = append(*faults, err)
		}
	}
}

// seal packs the manifest and its signature.
func seal(manifest []byte, key ssh.Signer) ([]*packed, error) {
	p, err := pack(manifestName, manifest)
	if err != nil || key == nil {
		return []*packed{p}, err
	}
	sig, err := sshsign.Sign(bytes.NewReader(manifest), key)
	if err != nil {
		return nil, fmt.Errorf("bundle: sign: %w", err)
	}
	s, err := pack(signatureName, sig)
	return []*packed{p, s}, err
}
