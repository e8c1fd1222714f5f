package bundle

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
)

// archive is an opened bundle. What is wrong with it is in faults.
type archive struct {
	files    map[string]*zip.File
	manifest Manifest
	text     []byte // of the manifest
	faults   []Difference
}

// errNotBundle is how errors begin that are about a file of another kind.
const errNotBundle = "bundle: this is no bundle: write one with gradtest bundle"

// open reads the directory and the manifest, and checks every member against them. The error is about files that are no
// bundles of this format.
func open(r io.ReaderAt, size int64) (*archive, error) {
	if size > maxArchive {
		return nil, fmt.Errorf(
			"bundle: the file has %d bytes, and a bundle has at most %d: get it from its source again",
			size,
			maxArchive,
		)
	}
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fmt.Errorf("%s (%w)", errNotBundle, err)
	}
	a := &archive{files: make(map[string]*zip.File)}
	for _, f := range z.File {
		k := slices.IndexFunc(kinds, func(k struct {
			name  string
			limit int64
		}) bool {
			return k.name == f.Name
		})
		switch {
		case k < 0:
			a.fault(f.Name, "is no member of a bundle: it was put in")
		case a.files[f.Name] != nil:
			a.fault(f.Name, "is there twice")
		case f.UncompressedSize64 > uint64(kinds[k].limit):
			return nil, fmt.Errorf(
				"bundle: %s unpacks to %d bytes, and at most %d are read: this is no bundle that gradtest wrote",
				f.Name,
				f.UncompressedSize64,
				kinds[k].limit,
			)
		default:
			a.files[f.Name] = f
		}
	}
	if a.files[manifestName] == nil {
		return nil, fmt.Errorf("%s (there is no %s)", errNotBundle, manifestName)
	}
	if a.text, err = a.read(manifestName); err != nil {
		return nil, fmt.Errorf("bundle: %s is damaged (%w): get the bundle from its source again", manifestName, err)
	}
	if a.manifest, err = decodeManifest(a.text); err != nil {
		return nil, err
	}
	a.compareMembers()
	a.compareBytes(r, size)
	return a, nil
}

func (a *archive) fault(member, reason string) {
	if len(a.faults) < maxDifferences {
		a.faults = append(a.faults, Difference{File: safetext.Clean(member), Reason: reason})
	}
}

// damaged reports whether a member is missing or not what the manifest names.
func (a *archive) damaged(name string) bool {
	return slices.ContainsFunc(a.faults, func(d Difference) bool { return d.File == name }) ||
		a.files[name] == nil && !optional(name)
}

// compareMembers compares the members with the manifest.
func (a *archive) compareMembers() {
	listed := make(map[string]Member)
	for _, m := range a.manifest.Members {
		if _, twice := listed[m.Name]; twice {
			a.fault(m.Name, "is twice in "+manifestName)
		}
		listed[m.Name] = m
	}
	for _, k := range kinds {
		m, known := listed[k.name]
		f := a.files[k.name]
		delete(listed, k.name)
		switch {
		case k.name == manifestName || k.name == signatureName:
			if known {
				a.fault(k.name, "cannot be a member that "+manifestName+" lists")
			}
		case f == nil && (known || !optional(k.name)):
			a.fault(k.name, "is missing")
		case f != nil && !known:
			a.fault(k.name, "is not in "+manifestName+": it was put in")
		case f != nil:
			if reason := a.compareMember(f, m); reason != "" {
				a.fault(k.name, reason)
			}
		}
	}
	for name := range listed {
		a.fault(name, "is in "+manifestName+", but is no member of a bundle")
	}
	if declared := a.files[declarationName] != nil; declared != a.manifest.Declared {
		a.faults = append(a.faults, Difference{
			File: manifestName, Member: "declared", Bundled: fmt.Sprint(a.manifest.Declared), Recomputed: fmt.Sprint(declared),
		})
	}
}

// compareMember says how a member differs from what the manifest says of it.
func (a *archive) compareMember(f *zip.File, m Member) string {
	h := sha256.New()
	n, err := copyMember(h, f)
	sum := hex.EncodeToString(h.Sum(nil))
	switch {
	case err != nil:
		return fmt.Sprintf("is damaged (%v)", err)
	case n != m.Size:
		return fmt.Sprintf("has %d bytes, and %s says %d", n, manifestName, m.Size)
	case sum != m.SHA256:
		return fmt.Sprintf("has the SHA-256 %s, and %s says %s: it was changed", sum, manifestName, safetext.Clean(m.SHA256))
	}
	return ""
}

// copyMember unpacks a member, no more than its header says, which open has bounded.
func copyMember(w io.Writer, f *zip.File) (int64, error) {
	in, err := f.Open()
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(w, io.LimitReader(in, int64(f.UncompressedSize64)+1))
	if err == nil && n > int64(f.UncompressedSize64) {
		err = errors.New("it is longer than its header says")
	}
	return n, errors.Join(err, in.Close())
}

func (a *archive) read(name string) ([]byte, error) {
	var b bytes.Buffer
	_, err := copyMember(&b, a.files[name])
	return b.Bytes(), err
}

// compareBytes writes the archive anew from its packed members and compares it with r: so nothing can be hidden between
// the members, and no other program can see another content in the file.
func (a *archive) compareBytes(r io.ReaderAt, size int64) {
	c := &comparer{r: io.NewSectionReader(r, 0, size)}
	z := zip.NewWriter(c)
	for _, k := range kinds {
		f := a.files[k.name]
		if f == nil {
			continue
		}
		w, err := z.CreateRaw(header(f.Name, f.CRC32, f.CompressedSize64, f.UncompressedSize64))
		if err != nil {
			break
		}
		in, err := f.OpenRaw()
		if err != nil {
			break
		}
		if _, err := io.Copy(w, in); err != nil {
			break
		}
	}
	_ = z.Close() // an error is a difference, which c knows
	if c.differs || c.at != size {
		a.fault("", fmt.Sprintf("the archive is not as gradtest writes it, from byte %d on", c.at))
	}
}

// comparer compares what is written to it with what a reader yields.
type comparer struct {
	r       io.Reader
	buf     []byte
	at      int64 // up to where both agree
	differs bool
}

func (c *comparer) Write(b []byte) (int, error) {
	if c.differs {
		return 0, io.ErrShortWrite
	}
	if len(c.buf) < len(b) {
		c.buf = make([]byte, len(b))
	}
	n, _ := io.ReadFull(c.r, c.buf[:len(b)])
	if !bytes.Equal(c.buf[:n], b[:n]) || n < len(b) {
		for i := range n {
			if c.buf[i] != b[i] {
				n = i
				break
			}
		}
		c.at, c.differs = c.at+int64(n), true
		return 0, io.ErrShortWrite
	}
	c.at += int64(n)
	return n, nil
}

// unpack reads the records of the archive.
func (a *archive) unpack() io.Reader {
	in, err := a.files[recordsName].OpenRaw()
	if err != nil {
		return strings.NewReader("")
	}
	return io.LimitReader(flate.NewReader(in), int64(a.files[recordsName].UncompressedSize64))
}
