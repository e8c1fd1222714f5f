// Package oldmeetings calls Meetings, the former RingOut and the former address of SCIM.
package main

import (
	"fmt"
	"net/http"
	"os"
	"strings"
)

func main() {
	server := os.Getenv("RC_SERVER_URL")
	extension := server + "/restapi/v1.0/account/~/extension/~"
	http.Get(extension + "/meeting")                                                      // want "listMeetings"
	http.Post(extension+"/meeting", "application/json", strings.NewReader(`{}`))          // want "createMeeting"
	http.Get(fmt.Sprintf("%s/meeting/%s/invitation", extension, os.Args[1]))              // want "readMeetingInvitation"
	http.Post(extension+"/ringout", "application/json", strings.NewReader(`{}`))          // want "createRingOutCallDeprecated"
	http.Get(server + "/scim/Users?filter=" + os.Args[1])                                 // want "searchViaGet"
	http.Get(server + "/restapi/v1.0/account/~/extension/~/meeting-configuration")        // want-unknown "GET /restapi/v1.0/account/~/extension/~/meeting-configuration"
	http.Get(server + "/restapi/v1.0/account/~/orders/" + os.Args[1])                     // want-unknown "GET /restapi/v1.0/account/~/orders/{}"
	http.Get(server + "/restapi/v1.0/account/~/device/" + os.Args[1] + "/emergency-info") // want-unknown "GET /restapi/v1.0/account/~/device/{}/emergency-info"
	http.Get(server + "/restapi/v1.0/client-info/custom-data/" + os.Args[1])              // want-unknown "GET /restapi/v1.0/client-info/custom-data/{}"
}
