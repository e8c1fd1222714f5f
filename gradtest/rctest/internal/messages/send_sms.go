package messages

import (
	"path"
	"strconv"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// Bounds of SMS and MMS. Source: descriptions of createSMSMessage in the specification.
const (
	smsTextMost        = 1000 // 2-byte units
	smsRecipientsMost  = 10
	mmsAttachmentsMost = 10
	mmsBytesMost       = 1_500_000
)

// sendSMS is POST …/sms and …/mms: with attachments it is MMS, whose messages are of the type SMS too.
func sendSMS(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	d, p := draftSMS(w, q)
	if p != nil {
		return world.Reply{}, p
	}
	return w.ReplyResource(q, post(w, q.At, d)), nil
}

func draftSMS(w *world.World, q *world.Request) (draft, *world.Problem) {
	d := draft{kind: typeSMS, text: world.Text(q.Object(), "text")}
	from := people.E164(world.Text(world.Child(q.Object(), "from"), "phoneNumber"))
	switch {
	case from == "":
		return d, world.Missing("from.phoneNumber")
	case units(d.text) > smsTextMost:
		return d, tooLong("text", smsTextMost)
	case q.Operation().ID == "createMMS" && len(q.Files) == 0:
		return d, world.Missing("attachments")
	case d.text == "" && len(q.Files) == 0:
		return d, world.Missing("text")
	}
	var p *world.Problem
	if d.from, p = sender(w, q.Extension(), from); p != nil {
		return d, p
	}
	if d.to, p = recipients(w, world.Children(q.Object(), "to")); p != nil {
		return d, p
	}
	d.files, p = mmsAttachments(q.Files)
	return d, p
}

// recipients are those that a request names, all of whom must be such as SMS reaches.
func recipients(w *world.World, to []world.Object) ([]people.Party, *world.Problem) {
	if p := fewEnough(len(to)); p != nil {
		return nil, p
	}
	out := make([]people.Party, 0, len(to))
	for i, o := range to {
		number := people.E164(world.Text(o, "phoneNumber"))
		if p := reaches(w, "to["+strconv.Itoa(i)+"].phoneNumber", number); p != nil {
			return nil, p
		}
		out = append(out, people.CallerOf(w, number))
	}
	return out, nil
}

// fewEnough refuses a message with no recipients or with too many.
func fewEnough(recipients int) *world.Problem {
	switch {
	case recipients == 0:
		return world.Missing("to")
	case recipients > smsRecipientsMost:
		return problemRecipients.New(smsRecipientsMost)
	}
	return nil
}

// sender is the party that an extension is when it sends from a number.
func sender(w *world.World, extension, from string) (people.Party, *world.Problem) {
	for _, n := range people.OwnNumbers(w) {
		switch {
		case n.Phone != from:
		case n.Extension != extension:
			return people.Party{}, problemNumberOwner.For("from", from)
		case !n.SMS:
			return people.Party{}, problemNumberFeature.For("from", from)
		default:
			p, _ := people.MemberOf(w, extension)
			p.Number = from
			return p, nil
		}
	}
	return people.Party{}, problemNumber.For("from", from, "user")
}

// reaches reports what is wrong with the number of a recipient. SMS to other countries than those of the North American
// plan is not in the account's plan.
func reaches(w *world.World, name, number string) *world.Problem {
	digits := strings.TrimPrefix(number, "+")
	_, extension := people.MemberByShortNumber(w, digits)
	switch {
	case number == "":
		return world.Missing(name)
	case extension:
		return problemToExtension.For(name, number)
	case people.IsDigits(digits) && len(digits) <= 6:
		return problemToShortNumber.For(name, number)
	case !people.IsE164(number):
		return world.Invalid(name, number)
	case !strings.HasPrefix(number, "+1"):
		return problemCountry.For(name, number)
	}
	return nil
}

// mmsAttachments checks the files of an MMS.
func mmsAttachments(files []world.File) ([]attached, *world.Problem) {
	if len(files) > mmsAttachmentsMost {
		return nil, world.InvalidBecause("attachments", "", "at most "+strconv.Itoa(mmsAttachmentsMost)+" are allowed")
	}
	total := 0
	var out []attached
	for _, f := range files {
		total += len(f.Content)
		if f.Type = mediaType(f); !mmsMedia[f.Type] {
			return nil, problemMediaType.For("attachment", f.Type)
		}
		out = append(out, attached{File: f, kind: "MmsAttachment"})
	}
	if total > mmsBytesMost {
		return nil, problemFilesTooLarge.New(mmsBytesMost)
	}
	return out, nil
}

// mmsMedia are the types that MMS may carry. Source: the guide's page on sending images.
var mmsMedia = map[string]bool{
	"image/jpeg": true, "image/jpg": true, "image/png": true, "image/bmp": true, "image/gif": true, "image/tiff": true,
	"image/svg+xml": true,
	"video/3gpp":    true, "video/mp4": true, "video/mpeg": true, "video/x-msvideo": true, "video/msvideo": true,
	"audio/mpeg": true, "audio/mp3": true, "text/vcard": true, "text/x-vcard": true,
	"application/zip": true, "application/gzip": true, "application/x-gzip": true, "application/rtf": true,
	"text/rtf": true,
}

// mediaType is the type of a file, or what its name tells where its type tells nothing.
func mediaType(f world.File) string {
	if f.Type != "" && f.Type != "application/octet-stream" {
		return f.Type
	}
	if kind := mediaByName[strings.ToLower(path.Ext(f.Name))]; kind != "" {
		return kind
	}
	return "application/octet-stream"
}

// mediaByName does not ask the machine, which would answer differently elsewhere.
var mediaByName = map[string]string{
	".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".bmp": "image/bmp", ".gif": "image/gif",
	".tif": "image/tiff", ".tiff": "image/tiff",
	".svg": "image/svg+xml", ".3gp": "video/3gpp", ".mp4": "video/mp4", ".mpeg": "video/mpeg", ".mpg": "video/mpeg",
	".avi": "video/x-msvideo",
	".mp3": "audio/mpeg", ".wav": "audio/wav", ".vcf": "text/vcard", ".zip": "application/zip", ".gz": "application/gzip",
	".rtf": "application/rtf",
	".pdf": "application/pdf", ".txt": "text/plain", ".htm": "text/html", ".html": "text/html", ".csv": "text/csv",
	".xml": "application/xml",
	".doc": "application/msword", ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xls": "application/vnd.ms-excel", ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".ppt":  "application/vnd.ms-powerpoint",
	".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	".ps":   "application/postscript", ".eps": "application/postscript", ".psd": "image/vnd.adobe.photoshop",
}
