package messages

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// Bounds of fax. Source: descriptions of createFaxMessage in the specification.
const (
	faxBytesMost = 50 << 20
	coverMost    = 1024 // characters of the text on the cover page
	coverIndices = 13
)

// sendFax is POST …/fax: with files, or an earlier fax once more.
func sendFax(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	envelope, p := faxEnvelope(q)
	if p != nil {
		return world.Reply{}, p
	}
	d, p := draftFax(w, q, envelope)
	if p != nil {
		return world.Reply{}, p
	}
	t := post(w, q.At, d)
	return w.ReplyResource(q, t), nil
}

// faxEnvelope is what the request says besides its files: in its JSON part, or in single fields of a form.
func faxEnvelope(q *world.Request) (world.Object, *world.Problem) {
	if q.Body != nil {
		o, ok := q.Body.(world.Object)
		if !ok {
			return nil, problemFaxNotJSON.New()
		}
		return o, nil
	}
	if len(q.Form) == 0 {
		return nil, problemFaxEnvelope.New()
	}
	o := world.Object{}
	for name, values := range q.Form {
		name = strings.TrimSuffix(name, "[]")
		switch name {
		case "to":
			var to []any
			for _, v := range values {
				to = append(to, toField(v)...)
			}
			o["to"] = to
		default:
			o[name] = values[0]
		}
	}
	return o, nil
}

// toField reads a field: a number, several with commas, or JSON.
func toField(field string) []any {
	var v any
	if strings.HasPrefix(strings.TrimSpace(field), "+") || json.Unmarshal([]byte(field), &v) != nil {
		var out []any
		for number := range strings.SplitSeq(field, ",") {
			out = append(out, world.Object{"phoneNumber": strings.TrimSpace(number)})
		}
		return out
	}
	switch v := v.(type) {
	case []any:
		for i, one := range v {
			if s, ok := one.(string); ok {
				v[i] = world.Object{"phoneNumber": s}
			}
		}
		return v
	case world.Object:
		return []any{v}
	}
	return []any{world.Object{"phoneNumber": strings.Trim(field, `"`)}}
}

func draftFax(w *world.World, q *world.Request, envelope world.Object) (draft, *world.Problem) {
	d := draft{kind: typeFax, more: world.Object{"faxResolution": "High", "coverIndex": 0}}
	d.from, _ = people.MemberOf(w, q.Extension())
	again, resends := world.Scalar(envelope["originalMessageId"])
	if resends && again != "" {
		if p := repeatFax(w, q, again, &d); p != nil {
			return d, p
		}
	} else if len(q.Files) == 0 {
		return d, problemFaxNoFile.New()
	}
	if p := faxMembers(envelope, d.more); p != nil {
		return d, p
	}
	to, p := faxRecipients(w, envelope)
	if p != nil {
		return d, p
	}
	if len(to) > 0 {
		d.to = to
	}
	if len(d.to) == 0 {
		return d, world.Missing("to")
	}
	files, p := faxFiles(q.Files)
	if p != nil {
		return d, p
	}
	d.files = append(d.files, files...)
	pages := len(d.files)
	if n, _ := d.more["coverIndex"].(int); n > 0 {
		pages++
	}
	d.more["faxPageCount"] = pages
	return d, nil
}

// repeatFax takes over what an earlier fax had.
func repeatFax(w *world.World, q *world.Request, id string, d *draft) *world.Problem {
	extension := world.NewParam("extensionId", q.Extension())
	original := w.Get(kindMessage, id, extension)
	if original == nil || original.Doc["type"] != typeFax {
		return world.NotFoundInBody("originalMessageId", id)
	}
	for _, a := range w.List(kindAttachment, extension, world.NewParam("messageId", id)) {
		d.files = append(d.files, attached{File: a.Files[0], kind: world.Text(a.Doc, "type")})
	}
	for _, name := range []string{"faxResolution", "coverIndex", "coverPageText"} {
		if v, ok := original.Doc[name]; ok {
			d.more[name] = v
		}
	}
	for _, o := range world.Children(original.Doc, "to") {
		if number := world.Text(o, "phoneNumber"); number != "" {
			d.to = append(d.to, people.CallerOf(w, number))
		}
	}
	return nil
}

// faxMembers checks the envelope and takes over what the message says of itself.
func faxMembers(envelope, into world.Object) *world.Problem {
	if v, ok := envelope["faxResolution"]; ok {
		if v != "High" && v != "Low" {
			return world.Invalid("faxResolution", valueOf(v))
		}
		into["faxResolution"] = v
	}
	if v, ok := envelope["coverIndex"]; ok {
		n, err := strconv.Atoi(valueOf(v))
		if err != nil || n < 0 || n > coverIndices {
			return world.Invalid("coverIndex", valueOf(v))
		}
		into["coverIndex"] = n
	}
	if v, ok := envelope["coverPageText"]; ok {
		text, isText := v.(string)
		if !isText || len([]rune(text)) > coverMost {
			return tooLong("coverPageText", coverMost)
		}
		into["coverPageText"] = text
	}
	if code, ok := envelope["isoCode"]; ok && len(valueOf(code)) != 2 {
		return world.Invalid("isoCode", valueOf(code))
	}
	if v, ok := envelope["sendTime"]; ok {
		at, ok := world.ParseTime(valueOf(v))
		if !ok {
			return world.Invalid("sendTime", valueOf(v))
		}
		into["sendTime"] = at
	}
	return nil
}

func faxRecipients(w *world.World, envelope world.Object) ([]people.Party, *world.Problem) {
	var out []people.Party
	switch to := envelope["to"].(type) {
	case nil:
	case []any:
		if !slices.ContainsFunc(to, func(v any) bool { _, ok := v.(world.Object); return !ok }) {
			break
		}
		return nil, world.Invalid("to", valueOf(to))
	default:
		return nil, world.Invalid("to", valueOf(to))
	}
	for i, o := range world.Children(envelope, "to") {
		name, number := "to["+strconv.Itoa(i)+"].phoneNumber", people.E164(world.Text(o, "phoneNumber"))
		if number == "" {
			return nil, world.Missing(name)
		}
		if !people.IsE164(number) {
			return nil, world.Invalid(name, number)
		}
		p := people.CallerOf(w, number)
		if called := world.Text(o, "name"); called != "" {
			p.Name = called
		}
		out = append(out, p)
	}
	return out, nil
}

// faxFiles checks what is to be printed: documents and pictures, no sound.
func faxFiles(files []world.File) ([]attached, *world.Problem) {
	var out []attached
	total := 0
	for _, f := range files {
		total += len(f.Content)
		f.Type = mediaType(f)
		sound := strings.HasPrefix(f.Type, "audio/") || strings.HasPrefix(f.Type, "video/")
		if sound || strings.Contains(f.Type, "zip") || f.Type == "application/octet-stream" {
			return nil, problemMediaType.For("attachment", f.Type)
		}
		out = append(out, attached{File: f, kind: "SourceDocument"})
	}
	if total > faxBytesMost {
		return nil, problemFilesTooLarge.New(faxBytesMost)
	}
	return out, nil
}

// valueOf is a value as an error shows it.
func valueOf(v any) string {
	if s, ok := world.Scalar(v); ok {
		return s
	}
	b, _ := json.Marshal(v)
	return string(b)
}
