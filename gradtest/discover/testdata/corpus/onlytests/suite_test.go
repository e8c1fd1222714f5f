package onlytests

// The init function of the package makes these, but only tests call them.
var checks = []func(){
	func() { client{}.get("/restapi/v1.0/account/~/extension/~/presence") }, // want-test "readUserPresenceStatus"
	messages,
}

func messages() { client{}.get("/restapi/v1.0/account/~/extension/~/message-store") } // want-test "listMessages"
