// Package main writes URLs piece by piece.
package main

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"strings"
)

func address(ext string) string {
	var b strings.Builder
	b.WriteString(os.Getenv("BASE"))
	b.WriteString("/restapi/v1.0/account/~")
	b.WriteByte('/')
	b.WriteString("extension/")
	b.WriteString(ext)
	b.WriteString("/sms")
	return b.String()
}

func main() {
	http.Post(address("~"), "application/json", nil) // want "createSMSMessage"

	var buf bytes.Buffer
	fmt.Fprintf(&buf, "%s/restapi/v1.0/account/%s", os.Getenv("BASE"), "~")
	if len(os.Args) > 1 {
		buf.WriteString("/call-log")
	} else {
		buf.WriteString("/presence")
	}
	buf.WriteString("?view=Simple")
	http.Get(buf.String()) // want "readCompanyCallLog" "readAccountPresence"
}
