package recorder

import (
	"net"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// platform reports whether a host is one of the platform's.
func platform(host string) bool { return rcapi.KindOfHost(host) == rcapi.PlatformHost }

// sandbox reports whether a host of the platform belongs to the sandbox.
func sandbox(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.Contains(strings.ToLower(host), ".devtest.")
}
