package wire

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestRequestIDsAreUUIDs(t *testing.T) {
	const uuid = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
	for value, kept := range map[string]bool{
		uuid: true, strings.ToUpper(uuid): true, uuid + "-1": true, uuid + "_12.3456": true,
		"": false, "16505550123": false, uuid[:35]: false, uuid + "-16505550123": false, uuid + "@example": false, uuid + "-name-of-somebody": false,
		strings.Repeat("a1", 35): false, "0f1e2d3c_4b5a-6978-8796-a5b4c3d2e1f0": false, "zf1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0": false,
	} {
		assert.Equal(t, kept, requestID(value) != "", value)
	}
}
