// Package nocalls mentions the platform and does not call it.
package nocalls

// Paths documents what another program calls: /restapi/v1.0/account/~/call-log.
var Paths = map[string]string{
	"call log": "https://platform.ringcentral.com/restapi/v1.0/account/~/call-log",
	"messages": "https://platform.ringcentral.com/restapi/v1.0/account/~/extension/~/message-store",
}

// Allowed reports whether a path may be called.
func Allowed(path string) bool { return path == "/restapi/v1.0/account/~/extension/~/sms" }
