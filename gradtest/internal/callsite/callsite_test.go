package callsite_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/internal/callsite"
)

// callThrough makes a call as an HTTP client does: some frames further up.
func callThrough(depth int, site *string) {
	if depth > 0 {
		callThrough(depth-1, site)
		return
	}
	*site = callsite.Find()
}

func TestFindIsTheInnermostLineOfTheApp(t *testing.T) {
	var site string
	callThrough(10, &site)
	assert.Equal(t, "gradtest/internal/callsite/callsite_test.go:17", site)
	assert.Equal(t, "gradtest/internal/callsite/callsite_test.go:24", callsite.Find())

	found := make(chan string)
	go func() { found <- callsite.Find() }()
	assert.Equal(t, "gradtest/internal/callsite/callsite_test.go:27", <-found)
}

func BenchmarkFind(b *testing.B) {
	var site string
	for b.Loop() {
		callThrough(20, &site) // about as deep as a request by net/http
	}
}
