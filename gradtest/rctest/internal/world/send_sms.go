package world

import (
	"net/http"
	"path"
	"strconv"
	"strings"
)

// Bounds of SMS and MMS. Source: descriptions of createSMSMessage in the specification.
const (
	smsTextMost        = 1000 // 2-byte units
	smsRecipientsMost  = 10
	mmsAttachmentsMost = 10
	mmsBytesMost       = 1_500_000
)

// sendSMS is POST …/sms and …/mms: with attachments it is MMS, whose messages are of the type SMS too.
func sendSMS(w *World, q *Request) (Reply, *Problem) {
	d, p := w.draftSMS(q)
	if p != nil {
		return Reply{}, p
	}
	return w.replyThing(q, w.post(q.At, d)), nil
}

func (w *World) draftSMS(q *Request) (draft, *Problem) {
	d := draft{kind: typeSMS, text: text(q.body(), "text")}
	from := text(object(q.body(), "from"), "phoneNumber")
	switch {
	case from == "":
		return d, missing("from.phoneNumber")
	case units(d.text) > smsTextMost:
		return d, tooLong("text", smsTextMost)
	case q.op().ID == "createMMS" && len(q.Files) == 0:
		return d, missing("attachments")
	case d.text == "" && len(q.Files) == 0:
		return d, missing("text")
	}
	var p *Problem
	if d.from, p = w.sender(q.extension(), from); p != nil {
		return d, p
	}
	if d.to, p = w.recipients(objects(q.body(), "to")); p != nil {
		return d, p
	}
	d.files, p = mmsAttachments(q.Files)
	return d, p
}

// recipients are those that a request names, all of whom must be such as SMS reaches.
func (w *World) recipients(to []Object) ([]party, *Problem) {
	if p := fewEnough(len(to)); p != nil {
		return nil, p
	}
	out := make([]party, 0, len(to))
	for i, o := range to {
		number := text(o, "phoneNumber")
		if p := w.reaches("to["+strconv.Itoa(i)+"].phoneNumber", number); p != nil {
			return nil, p
		}
		out = append(out, w.caller(number))
	}
	return out, nil
}

// fewEnough refuses nobody and too many.
func fewEnough(recipients int) *Problem {
	switch {
	case recipients == 0:
		return missing("to")
	case recipients > smsRecipientsMost:
		return problem(http.StatusBadRequest, "MSG-381", "At most "+strconv.Itoa(smsRecipientsMost)+" recipients are allowed")
	}
	return nil
}

// sender is the party that an extension is when it sends from a number.
func (w *World) sender(extension, from string) (party, *Problem) {
	for _, n := range w.numbers() {
		switch {
		case n.phone != from:
		case n.extension != extension:
			return party{}, problem(http.StatusForbidden, "MSG-304", "Phone number doesn't belong to extension",
				Attribute{"parameterName", "from"}, Attribute{"parameterValue", from})
		case !n.sms:
			return party{}, problem(http.StatusForbidden, "MSG-242", "The requested feature is not available: the number lacks SmsSender",
				Attribute{"parameterName", "from"}, Attribute{"parameterValue", from})
		default:
			p, _ := w.member(extension)
			p.number = from
			return p, nil
		}
	}
	return party{}, problem(http.StatusBadRequest, "MSG-245", "The specified phone number is not one of the user's",
		Attribute{"parameterName", "from"}, Attribute{"parameterValue", from})
}

// reaches reports what is wrong with the number of a recipient. SMS to other countries than those of the North American
// plan is not in the account's plan.
func (w *World) reaches(name, number string) *Problem {
	at := []Attribute{{"parameterName", name}, {"parameterValue", number}}
	digits := strings.TrimPrefix(number, "+")
	_, extension := w.memberByShort(digits)
	switch {
	case number == "":
		return missing(name)
	case extension:
		return problem(http.StatusBadRequest, "MSG-246", "Sending SMS to an extension number is not available", at...)
	case isDigits(digits) && len(digits) <= 6:
		return problem(http.StatusBadRequest, "MSG-247", "Sending SMS to short numbers is not available", at...)
	case !isE164(number):
		return invalid(name, number)
	case !strings.HasPrefix(number, "+1"):
		return problem(http.StatusForbidden, "MSG-240", "International SMS is not available", at...)
	}
	return nil
}

func tooLong(name string, most int) *Problem {
	return problem(http.StatusBadRequest, "CMN-101", "Parameter ["+name+"] value is invalid: at most "+strconv.Itoa(most)+" characters are allowed",
		Attribute{"parameterName", name})
}

// mmsAttachments checks the files of an MMS.
func mmsAttachments(files []File) ([]attached, *Problem) {
	if len(files) > mmsAttachmentsMost {
		return nil, problem(http.StatusBadRequest, "CMN-101", "Parameter [attachments] value is invalid: at most "+strconv.Itoa(mmsAttachmentsMost)+" are allowed",
			Attribute{"parameterName", "attachments"})
	}
	total := 0
	var out []attached
	for _, f := range files {
		total += len(f.Content)
		if f.Type = mediaType(f); !mmsMedia[f.Type] {
			return nil, wrongMedia(f.Type)
		}
		out = append(out, attached{File: f, kind: "MmsAttachment"})
	}
	if total > mmsBytesMost {
		return nil, problem(http.StatusBadRequest, "MSG-338", "Attachments are larger than "+strconv.Itoa(mmsBytesMost)+" bytes in all")
	}
	return out, nil
}

func wrongMedia(kind string) *Problem {
	return problem(http.StatusUnsupportedMediaType, "MSG-348", "Media type is not supported",
		Attribute{"parameterName", "attachment"}, Attribute{"parameterValue", kind})
}

// mmsMedia are the types that MMS may carry. Source: the guide's page on sending images.
var mmsMedia = map[string]bool{
	"image/jpeg": true, "image/jpg": true, "image/png": true, "image/bmp": true, "image/gif": true, "image/tiff": true, "image/svg+xml": true,
	"video/3gpp": true, "video/mp4": true, "video/mpeg": true, "video/x-msvideo": true, "video/msvideo": true,
	"audio/mpeg": true, "audio/mp3": true, "text/vcard": true, "text/x-vcard": true,
	"application/zip": true, "application/gzip": true, "application/x-gzip": true, "application/rtf": true, "text/rtf": true,
}

// mediaType is the type of a file, or what its name tells where its type tells nothing.
func mediaType(f File) string {
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
	".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".bmp": "image/bmp", ".gif": "image/gif", ".tif": "image/tiff", ".tiff": "image/tiff",
	".svg": "image/svg+xml", ".3gp": "video/3gpp", ".mp4": "video/mp4", ".mpeg": "video/mpeg", ".mpg": "video/mpeg", ".avi": "video/x-msvideo",
	".mp3": "audio/mpeg", ".wav": "audio/wav", ".vcf": "text/vcard", ".zip": "application/zip", ".gz": "application/gzip", ".rtf": "application/rtf",
	".pdf": "application/pdf", ".txt": "text/plain", ".htm": "text/html", ".html": "text/html", ".csv": "text/csv", ".xml": "application/xml",
	".doc": "application/msword", ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xls": "application/vnd.ms-excel", ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".ppt": "application/vnd.ms-powerpoint", ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	".ps": "application/postscript", ".eps": "application/postscript", ".psd": "image/vnd.adobe.photoshop",
}
