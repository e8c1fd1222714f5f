package unresolvedcall

import (
	"net/http"
	"os"
)

const base = "https://platform.ringcentral.com/restapi/v1.0/account/~/extension/~/"

func Extension() { http.Get("https://platform.ringcentral.com/restapi/v1.0/account/~/extension/~") }

// Store reads the message store or something like it.
func Store() { http.Get(base + os.Getenv("WHAT")) } // want "unresolved"

func Delete(id string) {
	req, _ := http.NewRequest("DELETE", base+"message-store/"+id, nil)
	http.DefaultClient.Do(req)
}
