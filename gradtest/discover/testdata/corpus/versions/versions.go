// Package versions calls all families of paths.
package versions

import (
	"net/http"
	"os"
)

func get(path string) { http.Get(os.Getenv("BASE") + path) }

// Run calls.
func Run(id string) {
	get("/restapi/v2/accounts/~/phone-numbers")                                                              // want "listAccountPhoneNumbersV2"
	get("/restapi/v2/accounts/~/extensions/~/call-flip-numbers")                                             // want "readCallFlipSettings"
	get("/team-messaging/v1/chats")                                                                          // want "listGlipChatsNew"
	get("/team-messaging/v1/chats/" + id + "/posts")                                                         // want "readGlipPostsNew"
	get("/rcvideo/v1/history/meetings/" + id)                                                                // want "getVideoMeeting"
	get("/rcvideo/v2/bridges/" + id)                                                                         // want "getBridge"
	get("/webinar/history/v1/recordings")                                                                    // want "rcwHistoryListRecordings"
	http.Post(os.Getenv("BASE")+"/analytics/calls/v1/accounts/~/aggregation/fetch", "application/json", nil) // want "analyticsCallsAggregationFetch"
	get("/restapi/v1.0/account/400129284008/extension/400129284008/call-log/Abc?view=Detailed")              // want "readUserCallRecord"
}
