package steps

import (
	"net/http"
	"strings"
)

const base = "https://platform.ringcentral.com/restapi/v1.0/account/~"

func Message(id string) { http.Get(base + "/extension/~/message-store/" + id) }

func Update(id string) {
	req, _ := http.NewRequest("PUT", base+"/extension/~/address-book/contact/"+id, strings.NewReader("{}"))
	http.DefaultClient.Do(req)
}

func Call() { http.Post(base+"/extension/~/ring-out", "application/json", strings.NewReader("{}")) }
