package ignore

import "net/http"

const base = "https://platform.ringcentral.com/restapi/v1.0/account/~"

func Extension() { http.Get(base + "/extension/~") }

func Log() {
	http.Get(base + "/extension/~/call-log") //gradtest:ignore only in the debug build
}

func Messages() {
	//gradtest:ignore an experiment
	http.Get(base + "/extension/~/message-store")
}

func SMS() {
	/* want "undeclared createSMSMessage" "bad-ignore" */ http.Post(base+"/extension/~/sms", "", nil) //gradtest:ignore
}

func Again() {
	http.Get(base + "/extension/~/call-log") // want "undeclared readUserCallLog"
}

func Declared() {
	/* want "bad-ignore" */ http.Get(base + "/extension/~") //gradtest:ignore nothing is wrong here
}
