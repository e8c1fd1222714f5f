package ledger

import (
	"bytes"
	"encoding/json"
	"errors"
	"hash/crc32"
	"time"
)

// tornMark ends a line that the next writer found unfinished. No line that [Encode] writes ends so.
const tornMark = "#torn"

// errTorn is how a decoder says that a line is marked as torn.
var errTorn = errors.New("torn")

// Decode reads a line that [Encode] wrote, with or without its newline. It is strict: whatever Encode does not write
// is a [*DamageError], another format a [*VersionError]. A line torn by a killed writer is a [*TornError].
func Decode(line []byte) (Record, error) {
	var d decoder
	r, err := d.decode(line)
	if errors.Is(err, errTorn) {
		err = &TornError{}
	}
	return r, err
}

// decoder decodes many lines. Text that occurs in many of them, and lists of it, is allocated once.
type decoder struct {
	texts map[string]string
	lists map[string][]string
	paths map[string]string // what is wrong with them
	days  dates
}

// mostShared bounds what a decoder remembers.
const mostShared = 4096

// checksumSize is the length of the end of a line from checksumKey on.
const checksumSize = len(checksumKey) + 8 + len(`"}`)

func (d *decoder) decode(line []byte) (r Record, err error) {
	line = bytes.TrimSuffix(line, []byte("\n"))
	if bytes.HasSuffix(line, []byte(tornMark)) {
		return r, errTorn
	}
	c := cursor{b: line, days: &d.days}
	if !c.skip(`{"v":`) {
		return r, &DamageError{Reason: "it does not begin as a record does"}
	}
	if v := c.int(); c.fault != "" {
		return r, &DamageError{Reason: "its format's number cannot be read"}
	} else if v != version {
		return r, &VersionError{Version: int(v)}
	}
	body, fault := checked(line)
	if fault == "" && body < c.i {
		fault = noChecksum
	}
	if fault != "" {
		return r, &DamageError{Reason: fault}
	}
	c.b = line[:body]
	d.fields(&c, &r)
	if c.fault == "" && c.i < len(c.b) {
		c.fault = "it has a field that is unknown or out of order"
	}
	if c.fault != "" {
		return Record{}, &DamageError{Reason: c.fault}
	}
	if err := r.validate(d.path(r.Path)); err != nil {
		return Record{}, &DamageError{Reason: err.Error()}
	}
	return r, nil
}

// What can be wrong with a line's end.
const (
	noChecksum    = "it does not end in a checksum"
	wrongChecksum = "its checksum does not match"
)

// checked is the length of a line's body before its checksum, or what is wrong with that.
func checked(line []byte) (body int, fault string) {
	body = len(line) - checksumSize
	if body < 0 || string(line[body:body+len(checksumKey)]) != checksumKey || string(line[len(line)-2:]) != `"}` {
		return 0, noChecksum
	}
	if sum := hex8(crc32.Checksum(line[:body], castagnoli)); string(sum[:]) != string(line[body+len(checksumKey):len(line)-2]) {
		return 0, wrongChecksum
	}
	return body, ""
}

func (d *decoder) fields(c *cursor, r *Record) {
	r.At = c.time(`"at":`)
	r.Kind = kindOf(c.text(`"k":`))
	r.ID = string(c.text(`"id":`))
	r.Sent = c.time(`"sent":`)
	r.Latest = c.time(`"latest":`)
	r.Op = d.text(c, `"op":`)
	r.Method = d.text(c, `"m":`)
	r.Path = d.text(c, `"p":`)
	r.Groups = d.list(c, `"g":`)
	r.Scopes = d.list(c, `"sc":`)
	r.Status = c.number(`"st":`)
	r.Code = d.text(c, `"code":`)
	r.RequestID = string(c.text(`"rid":`))
	r.OAuth = c.member(`"oauth":true`)
	r.Fault = c.member(`"fault":true`)
	r.Partial = c.member(`"part":true`)
	if c.member(`"sig":{`) {
		s := &r.Signal
		s.Group = d.text(c, `"g":`)
		s.Limit = c.number(`"l":`)
		s.Window = time.Duration(c.number64(`"w":`))
		s.Remaining = c.number(`"r":`)
		s.RetryAfter = time.Duration(c.number64(`"ra":`))
		s.Refused = c.member(`"x":true`)
		if !c.skip("}") {
			c.fail("its signal has a field that is unknown or out of order")
		}
	}
	if c.member(`"decl":`) {
		dec := json.NewDecoder(bytes.NewReader(c.b[c.i:]))
		dec.DisallowUnknownFields()
		decl := new(Declaration)
		if err := dec.Decode(decl); err != nil || dec.InputOffset() != int64(len(c.b)-c.i) {
			c.fail("its declaration cannot be read")
			return
		}
		r.Declared, c.i = decl, len(c.b)
		*r = r.normal()
	}
}

// kindOf is the kind of that name; those that are known take no memory.
func kindOf(name []byte) Kind {
	for _, k := range [...]Kind{Done, Reserved, Waiting, Released, Settled, Declared} {
		if string(name) == string(k) {
			return k
		}
	}
	return Kind(name)
}

// path is what is wrong with a path, found out once for each.
func (d *decoder) path(path string) (fault string) {
	if path == "" {
		return ""
	}
	fault, known := d.paths[path]
	if known {
		return fault
	}
	fault = notTemplate(path)
	if d.paths == nil {
		d.paths = make(map[string]string)
	}
	if len(d.paths) < mostShared {
		d.paths[path] = fault
	}
	return fault
}

func (d *decoder) text(c *cursor, key string) string {
	b := c.text(key)
	if len(b) == 0 {
		return ""
	}
	if s, ok := d.texts[string(b)]; ok {
		return s
	}
	s := string(b)
	if d.texts == nil {
		d.texts = make(map[string]string)
	}
	if len(d.texts) < mostShared {
		d.texts[s] = s
	}
	return s
}

func (d *decoder) list(c *cursor, key string) []string {
	if !c.member(key) {
		return nil
	}
	start := c.i
	if !c.skip("[") {
		c.fail("a list does not begin as one")
		return nil
	}
	end := c.listEnd()
	if end < 0 {
		c.fail("a list does not end")
		return nil
	}
	raw := c.b[start:end]
	if list, ok := d.lists[string(raw)]; ok {
		c.i = end
		return list
	}
	var list []string
	for {
		list = append(list, string(c.string()))
		if c.fault != "" {
			return nil
		}
		if c.skip("]") {
			break
		}
		if !c.skip(",") {
			c.fail("a list has no comma")
			return nil
		}
	}
	if d.lists == nil {
		d.lists = make(map[string][]string)
	}
	if len(d.lists) < mostShared {
		d.lists[string(raw)] = list
	}
	return list
}
