package rcapi_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestErrorCodesAreComplete(t *testing.T) {
	all := rcapi.ErrorCodes()
	assert.Greater(t, len(all), 100)
	assert.True(t, slices.IsSortedFunc(all, func(a, b rcapi.ErrorCode) int { return strings.Compare(a.Code, b.Code) }))
	for i, e := range all {
		assert.Regexp(t, regexp.MustCompile(`^[A-Z]{3}-\d{3}$`), e.Code)
		assert.True(t, e.Status >= 400 && e.Status < 600, e.Code)
		assert.NotEmpty(t, e.Meaning, e.Code)
		assert.False(t, strings.HasSuffix(e.Meaning, "."), e.Code)
		assert.True(t, strings.HasSuffix(e.Fix, "."), "%s: %s", e.Code, e.Fix)
		if i > 0 {
			assert.NotEqual(t, all[i-1].Code, e.Code)
		}
	}
}

func TestExplainCode(t *testing.T) {
	e, known := rcapi.ExplainCode(" cmn-401 ")
	assert.True(t, known)
	assert.Equal(t, "CMN-401", e.Code)

	e, known = rcapi.ExplainCode("TAM-999")
	assert.False(t, known)
	assert.Equal(t, "TAM-999", e.Code)
	assert.Contains(t, e.Meaning, "team messaging")

	e, known = rcapi.ExplainCode("XYZ-1")
	assert.False(t, known)
	assert.Empty(t, e)
}

func ExampleExplainCode() {
	e, _ := rcapi.ExplainCode("MSG-245")
	fmt.Printf("%d: %s\n%s\n", e.Status, e.Meaning, e.Fix)
	// Output:
	// 400: the sender's number does not belong to the user
	// Take the sender from the list of the extension's phone numbers (listExtensionPhoneNumbers).
}
