package world

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNumbersOfTheAccount(t *testing.T) {
	w := newScene(t, bare).world
	w.addNumber(1, "+16505550107", "DirectNumber", w.get(kindExtension, otherUser), []string{"CallerId"})
	assert.Equal(t, []ownNumber{{testPhone, testUser, true}, {otherPhone, otherUser, true}, {"+16505550107", otherUser, false}}, w.numbers())

	self, ok := w.member(testUser)
	assert.True(t, ok)
	assert.Equal(t, party{testPhone, testUser, "101", "Robin Example"}, self)
	_, ok = w.member("1")
	assert.False(t, ok)
	assert.Equal(t, party{"+16505550107", otherUser, "102", "Sam Example"}, w.caller("+16505550107"))
	assert.Equal(t, party{number: outsidePhone}, w.caller(outsidePhone))
	other, ok := w.memberByShort("102")
	assert.True(t, ok)
	assert.Equal(t, otherUser, other.extension)
	_, ok = w.memberByShort("999")
	assert.False(t, ok)
}

func TestE164(t *testing.T) {
	for text, want := range map[string]bool{
		"+16505550101": true, "+4420794601": true, "16505550101": false, "+0650555010": false, "+1650555": false,
		"+1234567890123456": false, "+1650555010x": false, "": false, "+": false,
	} {
		assert.Equal(t, want, isE164(text), text)
	}
}
