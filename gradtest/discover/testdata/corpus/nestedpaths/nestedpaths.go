// Package nestedpaths nests path functions.
package nestedpaths

import "net/http"

const root = "https://platform.ringcentral.com"

func api() string                        { return root + "/restapi/v1.0" }
func account(id string) string           { return api() + "/account/" + id }
func extension(acc, ext string) string   { return account(acc) + "/extension/" + ext }
func messages(acc, ext string) string    { return extension(acc, ext) + "/message-store" }
func message(acc, ext, id string) string { return messages(acc, ext) + "/" + id }
func content(id, part string) string     { return message("~", "~", id) + "/content/" + part }

// Run reads them.
func Run(id string) {
	http.Get(account("~"))          // want "readAccountInfo"
	http.Get(extension("~", id))    // want "readExtension"
	http.Get(messages("~", "~"))    // want "listMessages"
	http.Get(message("~", "~", id)) // want "readMessage"
	http.Get(content(id, "1"))      // want "readMessageContent"
}
