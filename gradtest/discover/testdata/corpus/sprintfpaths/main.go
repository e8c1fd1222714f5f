// Package main formats paths.
package main

import (
	"flag"
	"fmt"
	"net/http"
)

const version = "v1.0"

func main() {
	account, ext := flag.String("account", "~", ""), flag.Int("ext", 101, "")
	flag.Parse()
	url := fmt.Sprintf("https://platform.ringcentral.com/restapi/%s/account/%s/extension/%d/call-log/%s", version, *account, *ext, flag.Arg(0))
	req, _ := http.NewRequest(http.MethodGet, url, nil) // want "readUserCallRecord"
	http.DefaultClient.Do(req)
	url = fmt.Sprintf("%[1]s/restapi/v1.0/account/%[3]v/extension/%[2]v/message-store?perPage=%[2]d", "https://platform.ringcentral.com", *ext, *account)
	req, _ = http.NewRequest(http.MethodDelete, url, nil) // want "deleteMessageByFilter"
	http.DefaultClient.Do(req)
}
