package bundle

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// Schema names the form of a bundle. Within one version members of the JSON are only added.
const Schema = "gradtest/bundle/v1"

// Manifest says what a bundle is. Times are UTC.
type Manifest struct {
	Schema    string    `json:"schema"`
	Gradtest  string    `json:"gradtest"`  // version that made the bundle, or "devel"
	Catalogue string    `json:"catalogue"` // see rcapi.Hash
	App       string    `json:"app,omitempty"`
	Origin    string    `json:"origin"` // server and app: the name of the ledger directory
	At        time.Time `json:"at"`     // moment of judgement
	Policy    string    `json:"policy"` // name and version; its values are in policy.json
	Declared  bool      `json:"declared"`
	Ready     bool      `json:"ready"`
	Commit    string    `json:"commit,omitempty"` // of the app, as the maker states it
	Run       string    `json:"run,omitempty"`    // address of the CI run, as the maker states it

	Records Records          `json:"records"`
	Heads   []ledger.DayHead `json:"heads"`   // where the chains of the ledger stood
	Members []Member         `json:"members"` // all but the manifest and its signature, in the order of the archive
}

// Records describes the bundled records.
type Records struct {
	All          int       `json:"all"` // calls, declarations, and reservations whose end is unknown
	Calls        int       `json:"calls"`
	Declarations int       `json:"declarations"`
	First        time.Time `json:"first,omitzero"`
	Last         time.Time `json:"last,omitzero"`
}

// Member is a file in the archive.
type Member struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`   // bytes, unpacked
	SHA256 string `json:"sha256"` // hex
}

// encode returns a document, indented, with a final newline.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return b.Bytes(), err
}

// decode reads one document with nothing after it. Members that it does not know are ignored.
func decode(text []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	if err := d.Decode(v); err != nil {
		return err
	}
	if d.More() {
		return errors.New("text after the document")
	}
	return nil
}

// decodeManifest reads a manifest of this version of the format.
func decodeManifest(text []byte) (m Manifest, err error) {
	if err := decode(text, &m); err != nil {
		return m, fmt.Errorf("bundle: %s cannot be read (%w): get the bundle from its source again", manifestName, err)
	}
	if m.Schema != Schema {
		return m, fmt.Errorf(
			"bundle: %s has the schema %q, and this gradtest reads %s: update gradtest",
			manifestName,
			m.Schema,
			Schema,
		)
	}
	return m, nil
}

// devel is the version of a gradtest that has none: built from a working copy, or used through a replace directive.
const devel = "devel"

const modulePath = "github.com/graduationkit/ringcentral"

// version returns the version of the running gradtest.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return devel
	}
	return versionIn(info)
}

func versionIn(info *debug.BuildInfo) string {
	m := &info.Main
	if m.Path != modulePath {
		m = nil
		for _, d := range info.Deps {
			if d.Path == modulePath {
				m = d
			}
		}
	}
	if m == nil || m.Replace != nil || m.Version == "" || m.Version == "(devel)" {
		return devel
	}
	return m.Version
}
