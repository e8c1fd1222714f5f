package bundle

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"hash/crc32"
	"io"
)

// Names of the members, in the order of the archive.
const (
	readmeName      = "README.txt"
	pageName        = "page.html"
	verdictName     = "verdict.json"
	policyName      = "policy.json"
	declarationName = "declaration.json"
	recordsName     = "records.jsonl"
	manifestName    = "manifest.json"
	signatureName   = "manifest.json.sig"
)

// kinds lists what a bundle can have.
var kinds = []struct {
	name  string
	limit int64 // bytes, unpacked
}{
	{readmeName, 1 << 20}, {pageName, 64 << 20}, {verdictName, 64 << 20}, {policyName, 1 << 20},
	{declarationName, 8 << 20}, {recordsName, 2 << 30}, {manifestName, 1 << 20}, {signatureName, 1 << 20},
}

// maxArchive is the largest archive that is opened.
const maxArchive = 512 << 20

// optional reports whether a bundle may lack a member.
func optional(name string) bool { return name == declarationName || name == signatureName }

// packed is a member as the archive holds it. It is filled by writing to it, and closed before use.
type packed struct {
	name string
	data bytes.Buffer // compressed
	size int64
	sum  hash.Hash
	crc  hash.Hash32
	flat *flate.Writer
}

func newPacked(name string) *packed {
	p := &packed{name: name, sum: sha256.New(), crc: crc32.NewIEEE()}
	p.flat, _ = flate.NewWriter(&p.data, flate.DefaultCompression) // it fails only for other levels
	return p
}

func (p *packed) Write(b []byte) (int, error) {
	p.size += int64(len(b))
	p.sum.Write(b)
	p.crc.Write(b)
	return p.flat.Write(b)
}

func (p *packed) Close() error { return p.flat.Close() }

// open reads the member.
func (p *packed) open() io.Reader { return flate.NewReader(bytes.NewReader(p.data.Bytes())) }

func (p *packed) member() Member { return Member{p.name, p.size, hex.EncodeToString(p.sum.Sum(nil))} }

// pack packs a text.
func pack(name string, text []byte) (*packed, error) {
	p := newPacked(name)
	if _, err := p.Write(text); err != nil {
		return nil, err
	}
	return p, p.Close()
}

// addTo writes the member to an archive.
func (p *packed) addTo(z *zip.Writer) error {
	w, err := z.CreateRaw(header(p.name, p.crc.Sum32(), uint64(p.data.Len()), uint64(p.size)))
	if err == nil {
		_, err = w.Write(p.data.Bytes())
	}
	return err
}

// header describes a member. It has no time and no attributes, so that equal members make equal archives.
func header(name string, crc uint32, compressed, size uint64) *zip.FileHeader {
	return &zip.FileHeader{
		Name:               name,
		Method:             zip.Deflate,
		CRC32:              crc,
		CompressedSize64:   compressed,
		UncompressedSize64: size,
	}
}
