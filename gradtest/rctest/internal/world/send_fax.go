package world

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// Bounds of fax. Source: descriptions of createFaxMessage in the specification.
const (
	faxBytesMost = 50 << 20
	coverMost    = 1024 // characters of the text on the cover page
	coverIndices = 13
)

// sendFax is POST …/fax: with files, or an earlier fax once more.
func sendFax(w *World, q *Request) (Reply, *Problem) {
	envelope, p := faxEnvelope(q)
	if p != nil {
		return Reply{}, p
	}
	d, p := w.draftFax(q, envelope)
	if p != nil {
		return Reply{}, p
	}
	t := w.post(q.At, d)
	return w.replyThing(q, t), nil
}

// faxEnvelope is what the request says besides its files: in its JSON part, or in single fields of a form.
func faxEnvelope(q *Request) (Object, *Problem) {
	if q.Body != nil {
		o, ok := q.Body.(Object)
		if !ok {
			return nil, badEnvelope("MSG-349", "Fax envelope is no JSON object")
		}
		return o, nil
	}
	if len(q.Form) == 0 {
		return nil, badEnvelope("MSG-350", "Fax envelope is missing")
	}
	o := Object{}
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
			out = append(out, Object{"phoneNumber": strings.TrimSpace(number)})
		}
		return out
	}
	switch v := v.(type) {
	case []any:
		for i, one := range v {
			if s, ok := one.(string); ok {
				v[i] = Object{"phoneNumber": s}
			}
		}
		return v
	case Object:
		return []any{v}
	}
	return []any{Object{"phoneNumber": strings.Trim(field, `"`)}}
}

func badEnvelope(code, message string) *Problem { return problem(http.StatusBadRequest, code, message) }

func (w *World) draftFax(q *Request, envelope Object) (draft, *Problem) {
	d := draft{kind: typeFax, more: Object{"faxResolution": "High", "coverIndex": 0}}
	d.from, _ = w.member(q.extension())
	again, resends := scalar(envelope["originalMessageId"])
	if resends && again != "" {
		if p := w.repeatFax(q, again, &d); p != nil {
			return d, p
		}
	} else if len(q.Files) == 0 {
		return d, badEnvelope("MSG-351", "Fax has no attachment")
	}
	if p := faxMembers(envelope, d.more); p != nil {
		return d, p
	}
	to, p := w.faxRecipients(envelope)
	if p != nil {
		return d, p
	}
	if len(to) > 0 {
		d.to = to
	}
	if len(d.to) == 0 {
		return d, missing("to")
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
func (w *World) repeatFax(q *Request, id string, d *draft) *Problem {
	extension := Param{"extensionId", q.extension()}
	original := w.get(kindMessage, id, extension)
	if original == nil || original.doc["type"] != typeFax {
		return unknownInBody("originalMessageId", id)
	}
	for _, a := range w.list(kindAttachment, extension, Param{"messageId", id}) {
		d.files = append(d.files, attached{File: a.files[0], kind: text(a.doc, "type")})
	}
	for _, name := range []string{"faxResolution", "coverIndex", "coverPageText"} {
		if v, ok := original.doc[name]; ok {
			d.more[name] = v
		}
	}
	for _, o := range objects(original.doc, "to") {
		if number := text(o, "phoneNumber"); number != "" {
			d.to = append(d.to, w.caller(number))
		}
	}
	return nil
}

// faxMembers checks the envelope and takes over what the message says of itself.
func faxMembers(envelope, into Object) *Problem {
	if v, ok := envelope["faxResolution"]; ok {
		if v != "High" && v != "Low" {
			return invalid("faxResolution", valueOf(v))
		}
		into["faxResolution"] = v
	}
	if v, ok := envelope["coverIndex"]; ok {
		n, err := strconv.Atoi(valueOf(v))
		if err != nil || n < 0 || n > coverIndices {
			return invalid("coverIndex", valueOf(v))
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
		return invalid("isoCode", valueOf(code))
	}
	if v, ok := envelope["sendTime"]; ok {
		at, ok := momentOf(valueOf(v))
		if !ok {
			return invalid("sendTime", valueOf(v))
		}
		into["sendTime"] = at
	}
	return nil
}

func (w *World) faxRecipients(envelope Object) ([]party, *Problem) {
	var out []party
	switch to := envelope["to"].(type) {
	case nil:
	case []any:
		if !slices.ContainsFunc(to, func(v any) bool { _, ok := v.(Object); return !ok }) {
			break
		}
		return nil, invalid("to", valueOf(to))
	default:
		return nil, invalid("to", valueOf(to))
	}
	for i, o := range objects(envelope, "to") {
		name, number := "to["+strconv.Itoa(i)+"].phoneNumber", text(o, "phoneNumber")
		if number == "" {
			return nil, missing(name)
		}
		if !strings.HasPrefix(number, "+") && isDigits(number) && len(number) >= 10 {
			number = "+" + number
		}
		if !isE164(number) {
			return nil, invalid(name, number)
		}
		p := w.caller(number)
		if called := text(o, "name"); called != "" {
			p.name = called
		}
		out = append(out, p)
	}
	return out, nil
}

// faxFiles checks what is to be printed: documents and pictures, no sound.
func faxFiles(files []File) ([]attached, *Problem) {
	var out []attached
	total := 0
	for _, f := range files {
		total += len(f.Content)
		f.Type = mediaType(f)
		sound := strings.HasPrefix(f.Type, "audio/") || strings.HasPrefix(f.Type, "video/")
		if sound || strings.Contains(f.Type, "zip") || f.Type == "application/octet-stream" {
			return nil, wrongMedia(f.Type)
		}
		out = append(out, attached{File: f, kind: "SourceDocument"})
	}
	if total > faxBytesMost {
		return nil, problem(http.StatusBadRequest, "MSG-338", "Attachments are larger than "+strconv.Itoa(faxBytesMost)+" bytes in all")
	}
	return out, nil
}

// valueOf is a value as an error shows it.
func valueOf(v any) string {
	if s, ok := scalar(v); ok {
		return s
	}
	b, _ := json.Marshal(v)
	return string(b)
}
