package rcapi

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestKindOfHost(t *testing.T) {
	for host, want := range map[string]HostKind{
		"platform.ringcentral.com": PlatformHost, "Platform.DevTest.RingCentral.com:443": PlatformHost,
		"media.ringcentral.com.": PlatformHost, "platform.ringcentral.eu": PlatformHost,
		"developers.ringcentral.com": CompanyHost, "www.ringcentral.com": CompanyHost,
		"ringcentral.com": OtherHost, "platform.ringcentral.com.example.com": OtherHost, "notringcentral.com": OtherHost,
		"": OtherHost, "127.0.0.1:80": OtherHost,
	} {
		assert.Equal(t, want, KindOfHost(host), host)
	}
}
