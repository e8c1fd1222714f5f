// Package main expands URL templates with text/template.
package main

import (
	"bytes"
	"net/http"
	"text/template"
)

var urls = map[string]*template.Template{
	"log":  template.Must(template.New("log").Parse("{{.Base}}/restapi/v1.0/account/{{.Account}}/extension/{{.Ext}}/call-log")),
	"info": template.Must(template.New("info").Parse("{{.Base}}/restapi/v1.0/account/{{.Account}}/extension/{{.Ext}}")),
}

type vars struct{ Base, Account, Ext string }

func expand(name string, v vars) string {
	var b bytes.Buffer
	if err := urls[name].Execute(&b, v); err != nil {
		panic(err)
	}
	return b.String()
}

func main() {
	v := vars{"https://platform.ringcentral.com", "~", "~"}
	http.Get(expand("log", v))  // want "readUserCallLog"
	http.Get(expand("info", v)) // want "readExtension"
}
