package people

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestNumbersOfTheAccount(t *testing.T) {
	w := newScene(t, worldtest.Bare).World
	AddNumber(w, 1, "+16505550107", "DirectNumber", w.Get(world.KindExtension, worldtest.OtherUser), []string{"CallerId"})
	assert.Equal(t, []OwnNumber{{worldtest.Phone, worldtest.User, true}, {worldtest.OtherPhone, worldtest.OtherUser, true},
		{"+16505550107", worldtest.OtherUser, false}}, OwnNumbers(w))

	self, ok := MemberOf(w, worldtest.User)
	assert.True(t, ok)
	assert.Equal(t, Party{worldtest.Phone, worldtest.User, "101", "Robin Example"}, self)
	_, ok = MemberOf(w, "1")
	assert.False(t, ok)
	assert.Equal(t, Party{"+16505550107", worldtest.OtherUser, "102", "Sam Example"}, CallerOf(w, "+16505550107"))
	assert.Equal(t, Party{Number: worldtest.OutsidePhone}, CallerOf(w, worldtest.OutsidePhone))
	other, ok := MemberByShortNumber(w, "102")
	assert.True(t, ok)
	assert.Equal(t, worldtest.OtherUser, other.Extension)
	_, ok = MemberByShortNumber(w, "999")
	assert.False(t, ok)
}

func TestE164(t *testing.T) {
	for text, want := range map[string]bool{
		"+16505550101": true, "+4420794601": true, "16505550101": false, "+0650555010": false, "+1650555": false,
		"+1234567890123456": false, "+1650555010x": false, "": false, "+": false,
	} {
		assert.Equal(t, want, IsE164(text), text)
	}
}
