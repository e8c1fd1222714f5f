package replay

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"
	"gopkg.in/dnaeon/go-vcr.v4/pkg/cassette"

	"github.com/graduationkit/ringcentral/gradtest/internal/atomicfile"
)

// file is a cassette on disk. Of go-vcr, only package cassette is used: its recorder refuses to send form bodies that
// it cannot parse, and writes requests with their tokens to standard error if VCR_DEBUG is set.
type file struct {
	path    string
	edition string // of the platform, that the app's policy is about
	again   string // the command that records it
}

const suffix = ".yaml"

// format is the version of what this package writes into a cassette beyond go-vcr's format.
const format = 1

// extra is what a cassette holds beyond go-vcr's format, which ignores it.
type extra struct {
	Format  int    `yaml:"format"`
	Edition string `yaml:"edition"`
	Count   int    `yaml:"count"` // of the interactions, to notice a file that was cut off

	// Supplied are the replacements of values that the test brought along: no earlier response has them.
	Supplied []string `yaml:"supplied,omitempty"`
}

// content is the order in which a cassette is written.
type content struct {
	Extra        extra                   `yaml:"gradtest"`
	Version      int                     `yaml:"version"`
	Interactions []*cassette.Interaction `yaml:"interactions"`
}

const heading = "# Recorded by gradtest, with replacements for all tokens, ids, phone numbers, addresses, names and texts.\n" +
	"# To record again, from the module's root: "

func (f *file) checkName() error {
	if !strings.HasSuffix(f.path, suffix) || filepath.Base(f.path) == suffix {
		return fmt.Errorf("replay: %q is no name of a cassette: use one such as testdata/owner.yaml", f.path)
	}
	return nil
}

// recordings are the cassettes that this process records, by their absolute paths.
var recordings sync.Map

// claim begins a recording: it makes the directory and makes sure that the cassette can be written before anything is
// sent.
func (f *file) claim(test string) error {
	dir := filepath.Dir(f.path)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return f.unwritable(err)
	}
	probe, err := atomicfile.Create(f.path, mode)
	if err != nil {
		return f.unwritable(err)
	}
	if err := probe.Discard(); err != nil {
		return f.unwritable(err)
	}
	if by, taken := recordings.LoadOrStore(f.key(), test); taken {
		return fmt.Errorf("replay: %s is being recorded by %s already: give each test a cassette of its own, or share one Replay",
			f.path, by)
	}
	return nil
}

// mode is that of a file that is meant to be committed.
const mode = 0o644

func (f *file) key() string {
	if abs, err := filepath.Abs(f.path); err == nil {
		return abs
	}
	return f.path
}

func (f *file) release() { recordings.Delete(f.key()) }

func (f *file) unwritable(err error) error {
	return fmt.Errorf("replay: %s cannot be recorded: make its directory writable: %w", f.path, err)
}

// load reads the cassette.
func (f *file) load() (*cassette.Cassette, extra, error) {
	text, err := os.ReadFile(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, extra{}, f.fault("does not exist", "record it")
	case err != nil:
		return nil, extra{}, fmt.Errorf("replay: %s cannot be read: make it a readable file: %w", f.path, err)
	}
	damaged := func(what string) error {
		return f.fault("is damaged ("+what+")", "restore it from version control, or record it again")
	}
	var c content
	if err := yaml.Unmarshal(text, &c); err != nil {
		return nil, extra{}, damaged(oneLine(err))
	}
	switch {
	case c.Version != cassette.CassetteFormatVersion && c.Version != 0:
		return nil, extra{}, f.fault(fmt.Sprintf("has version %d of go-vcr's format, and only version %d can be played",
			c.Version, cassette.CassetteFormatVersion), "record it again")
	case c.Extra.Format > format:
		return nil, extra{}, f.fault("was recorded by a newer gradtest", "update gradtest in go.mod, or record it again")
	case c.Version == 0 || len(c.Interactions) == 0:
		return nil, extra{}, damaged("it has no interactions")
	case slices.ContainsFunc(c.Interactions, func(i *cassette.Interaction) bool { return i == nil || i.Response.Code == 0 }):
		return nil, extra{}, damaged("an interaction has no status")
	case c.Extra.Format == 0:
		return nil, extra{}, f.fault("was not recorded by gradtest, so it may hold secrets", "record it again")
	case c.Extra.Count != len(c.Interactions):
		return nil, extra{}, damaged(fmt.Sprintf("it has %d interactions of %d", len(c.Interactions), c.Extra.Count))
	case c.Extra.Edition != f.edition:
		return nil, extra{}, f.fault(fmt.Sprintf("was recorded for edition %s of the platform, and App.Policy is about %s",
			c.Extra.Edition, f.edition), "change the policy back, or record it again")
	}
	vcr, err := cassette.LoadWithFS(strings.TrimSuffix(f.path, suffix), disk{})
	if err != nil {
		return nil, extra{}, damaged(oneLine(err))
	}
	return vcr, c.Extra, nil
}

// fault is the error of a cassette that cannot be played.
func (f *file) fault(what, fix string) error {
	return fmt.Errorf("replay: %s %s: %s with\n\t%s", f.path, what, fix, f.again)
}

// oneLine returns an error of package yaml in one line.
func oneLine(err error) string {
	text := strings.TrimSpace(strings.ReplaceAll(err.Error(), "\n", " "))
	if len(text) > 160 {
		text = text[:160] + "…"
	}
	return text
}

// save writes the cassette, or leaves the old one.
func (f *file) save(c *cassette.Cassette, e extra, secrets []string) error {
	c.MarshalFunc = func(any) ([]byte, error) {
		text, err := yaml.Marshal(content{e, c.Version, c.Interactions})
		if err != nil {
			return nil, err
		}
		for _, s := range secrets {
			if bytes.Contains(text, []byte(s)) {
				return nil, errors.New("it would hold a secret: please report this request as a fault of gradtest")
			}
		}
		return append([]byte(heading+f.again+"\n"), text...), nil
	}
	if err := c.SaveWithFS(disk{}); err != nil {
		if errors.Is(err, fs.ErrPermission) {
			return f.unwritable(err)
		}
		return fmt.Errorf("replay: %s is not written, and an older one is left as it was: %w", f.path, err)
	}
	return nil
}

// disk is the file system of cassettes.
type disk struct{}

func (disk) ReadFile(name string) ([]byte, error) { return os.ReadFile(name) }

func (disk) IsFileExists(name string) bool { _, err := os.Stat(name); return err == nil }

func (disk) WriteFile(name string, text []byte) error {
	out, err := atomicfile.Create(name, mode)
	if err != nil {
		return err
	}
	if _, err := out.Write(text); err != nil {
		return errors.Join(err, out.Discard())
	}
	return out.Commit()
}

// indented returns JSON in lines, so that the differences between two recordings are small; other text unchanged.
func indented(body []byte) string {
	var b bytes.Buffer
	if len(body) == 0 || (body[0] != '{' && body[0] != '[') || json.Indent(&b, body, "", "  ") != nil {
		return string(body)
	}
	return b.String()
}

// compact undoes indented.
func compact(body string) []byte {
	var b bytes.Buffer
	if body == "" || (body[0] != '{' && body[0] != '[') || json.Compact(&b, []byte(body)) != nil {
		return []byte(body)
	}
	return b.Bytes()
}
