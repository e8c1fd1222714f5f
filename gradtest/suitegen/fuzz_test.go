package suitegen

import (
	"bytes"
	"go/parser"
	"go/token"
	"testing"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// FuzzMerge: any file is either refused or keeps all its bytes, in their order, and is Go afterwards.
func FuzzMerge(f *testing.F) {
	whole, err := Generate(request(rcapi.ReadMessage, rcapi.CreateContact))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(whole))
	const head = "package crm\nimport \"github.com/graduationkit/ringcentral/gradtest\"\n"
	f.Add(head + "var a = gradtest.App{}")
	f.Add(head + "var a = gradtest.App{Endpoints: nil}")
	f.Add(head + "var a = gradtest.App{Endpoints: []gradtest.Endpoint{{}/*,*/}}//gradtest:init readMessage\r\n")
	f.Add(head + "func a() { _ = &gradtest.App{Scopes: all, Endpoints: []gradtest.Endpoint{\n}} }")
	f.Add("package crm\nimport . \"github.com/graduationkit/ringcentral/gradtest\"\nvar a = App{}")
	f.Fuzz(func(t *testing.T, file string) {
		m, err := Merge([]byte(file), request(rcapi.ReadMessage, rcapi.DeleteContact, rcapi.ScimCreateUser2))
		if err != nil {
			return
		}
		if _, err := parser.ParseFile(token.NewFileSet(), "", m.Source, parser.SkipObjectResolution); err != nil {
			t.Fatalf("%v:\n%s", err, m.Source)
		}
		rest := m.Source
		for _, c := range []byte(file) {
			i := bytes.IndexByte(rest, c)
			if i < 0 && c != ' ' && c != '\t' && c != '\n' {
				t.Fatalf("%q is gone:\n%s", c, m.Source)
			}
			if i >= 0 {
				rest = rest[i+1:]
			}
		}
		again, err := Merge(m.Source, request(rcapi.ReadMessage, rcapi.DeleteContact, rcapi.ScimCreateUser2))
		if err != nil || len(again.Added) > 0 || !bytes.Equal(again.Source, m.Source) {
			t.Fatalf("the second run: %v %v", again.Added, err)
		}
	})
}
