package rctest

import (
	"encoding/base64"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// downloads are the operations that answer with content.
func downloads() domain {
	return domain{media: map[string]string{
		rcapi.ReadGreetingContent.ID:        "audio/mpeg",
		rcapi.ReadAccountGreetingContent.ID: "audio/mpeg",
		rcapi.ReadIVRPromptContent.ID:       "audio/mpeg",
		rcapi.ReadCallRecordingContent.ID:   "audio/mpeg",
		rcapi.ReadMessageContent.ID:         "image/png",
		rcapi.MthReadMessageContent.ID:      "image/png",
		rcapi.ReadScaledProfileImage.ID:     "image/png",
		rcapi.ReadUserProfileImageLegacy.ID: "image/png",
		rcapi.ExportSmsConsentRecords.ID:    "text/csv",
	}}
}

// pixel is the smallest picture: one transparent point.
const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="

// replyMedia answers with content of the operation's type. Ranges are not served.
func replyMedia(x *exchange, s *shape) *problem {
	var content []byte
	switch s.media {
	case "image/png":
		content, _ = base64.StdEncoding.DecodeString(pixel)
	case "text/csv":
		content = []byte("phoneNumber,status\r\n" + mainNumber + ",OptIn\r\n")
	default:
		content = make([]byte, 417) // one frame of silence: MPEG-1 layer III, 128 kbit/s, 44.1 kHz
		copy(content, "\xff\xfb\x90\x00")
	}
	x.send(s.status, []string{s.media}, content)
	return nil
}

// replyFiles answers an upload of files with their list.
func replyFiles(x *exchange, s *shape) *problem {
	if _, p := x.body(); p != nil {
		return p
	}
	id := x.h.newID(false)
	t := &text{b: make([]byte, 0, 256)}
	t.open('[')
	t.open('{')
	t.string("id", id)
	t.joined("uri", x.base(), "/team-messaging/v1/files/", id)
	t.string("name", "file.bin")
	t.end()
	t.done()
	x.send(s.status, typeJSON, t.b)
	return nil
}
