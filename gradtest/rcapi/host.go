package rcapi

import "strings"

// HostKind says what a host name is to the platform.
type HostKind uint8

// The kinds of hosts.
const (
	OtherHost    HostKind = iota // not RingCentral's
	CompanyHost                  // RingCentral's, but not the platform's: web pages and other products
	PlatformHost                 // the platform's API
)

// KindOfHost returns what a host name, with or without a port, is to the platform. All hosts of RingCentral's domains
// are the platform's, except the names that are known to be something else.
func KindOfHost(host string) HostKind {
	name, _, _ := strings.Cut(strings.ToLower(host), ":")
	name = strings.TrimSuffix(name, ".")
	for _, domain := range []string{".ringcentral.com", ".ringcentral.eu", ".ringcentral.co.uk", ".ringcentral.biz"} {
		sub, ok := strings.CutSuffix(name, domain)
		if !ok {
			continue
		}
		first, _, _ := strings.Cut(sub, ".")
		switch first {
		case "engage", "www", "developers", "developer", "support", "status", "hooks", "app", "github":
			return CompanyHost
		}
		return PlatformHost
	}
	return OtherHost
}
