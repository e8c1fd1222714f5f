package ledger

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger/internal/lines"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// version is the format of the lines that [Encode] writes. It changes when an older version must not read the lines of
// a newer one, because it would draw wrong conclusions without what it does not know. A new member alone is no reason:
// older versions read the line without it.
const version = 1

// Encode appends r to b as one line with its newline: a JSON object as the package documentation describes it. It fails
// as [Record.Validate] does.
func Encode(b []byte, r Record) ([]byte, error) {
	if err := r.Validate(); err != nil {
		return b, err
	}
	return encode(b, &r)
}

// encode is Encode for a record that is known to be valid.
func encode(b []byte, r *Record) ([]byte, error) {
	start := len(b)
	b, err := encodeOpen(b, r)
	if err != nil {
		return b, err
	}
	return lines.Seal(b, start), nil
}

// sealRoom is more than a line's end needs: its place in a chain, its checksum and its newline.
const sealRoom = 200

// encodeOpen appends a line without its end.
func encodeOpen(b []byte, r *Record) ([]byte, error) {
	start := len(b)
	b = lines.Begin(b, version)
	b, err := appendMembers(b, r)
	if err != nil {
		return b[:start], err
	}
	if n := len(b) - start + sealRoom; n > lines.MaxSize {
		reason := fmt.Sprintf("makes a line of %d bytes, but at most %d are allowed: declare fewer endpoints in one app",
			n, lines.MaxSize)
		return b[:start], &InvalidError{"Declared", reason}
	}
	return b, nil
}

// appendMembers and readMembers are the two sides of the format: the same members in the same order. A new member comes
// last in its object.
func appendMembers(b []byte, r *Record) ([]byte, error) {
	b = lines.AppendTime(b, `"at":`, r.At)
	b = lines.AppendText(b, `"k":`, string(r.Kind))
	b = lines.AppendText(b, `"id":`, r.ID)
	b = lines.AppendTime(b, `"sent":`, r.Sent)
	b = lines.AppendTime(b, `"latest":`, r.Latest)
	b = lines.AppendText(b, `"op":`, r.Op)
	b = lines.AppendText(b, `"m":`, r.Method)
	b = lines.AppendText(b, `"p":`, r.Path)
	b = lines.AppendTexts(b, `"g":`, r.Groups)
	b = lines.AppendTexts(b, `"sc":`, r.Scopes)
	b = lines.AppendInt(b, `"st":`, int64(r.Status))
	b = lines.AppendText(b, `"code":`, r.Code)
	b = lines.AppendText(b, `"rid":`, r.RequestID)
	b = lines.AppendFlag(b, `"oauth":`, r.OAuth)
	b = lines.AppendFlag(b, `"fault":`, r.Fault)
	b = lines.AppendFlag(b, `"part":`, r.Partial)
	if s := r.Signal; s != (window.Signal{}) {
		b = lines.AppendRaw(b, `"sig":`, []byte("{"))
		b = lines.AppendText(b, `"g":`, s.Group)
		b = lines.AppendInt(b, `"l":`, int64(s.Limit))
		b = lines.AppendInt(b, `"w":`, int64(s.Window))
		b = lines.AppendInt(b, `"r":`, int64(s.Remaining))
		b = lines.AppendInt(b, `"ra":`, int64(s.RetryAfter))
		b = lines.AppendFlag(b, `"x":`, s.Refused)
		b = append(b, '}')
	}
	if r.Declared != nil {
		declared, err := json.Marshal(r.Declared)
		if err != nil {
			return b, fmt.Errorf("ledger: encode declaration: %w", err)
		}
		b = lines.AppendRaw(b, `"decl":`, declared)
	}
	b = lines.AppendText(b, `"ep":`, r.Endpoint)
	b = lines.AppendText(b, `"stage":`, string(r.Stage))
	b = lines.AppendText(b, `"cl":`, r.Claim)
	b = lines.AppendText(b, `"own":`, r.Owner)
	b = lines.AppendText(b, `"site":`, r.Site)
	b = lines.AppendText(b, `"test":`, r.Test)
	b = lines.AppendInt(b, `"earlier":`, int64(r.Earlier))
	b = lines.AppendTexts(b, `"granted":`, r.Granted)
	b = lines.AppendInt(b, `"wait":`, r.Waited.Milliseconds())
	return b, nil
}

func readMembers(c *lines.Cursor, r *Record) {
	r.At = c.Time(`"at":`)
	r.Kind = kindOf(c.Bytes(`"k":`))
	r.ID = c.Text(`"id":`)
	r.Sent = c.Time(`"sent":`)
	r.Latest = c.Time(`"latest":`)
	r.Op = c.SharedText(`"op":`)
	r.Method = c.SharedText(`"m":`)
	r.Path = c.SharedText(`"p":`)
	r.Groups = c.SharedTexts(`"g":`)
	r.Scopes = c.SharedTexts(`"sc":`)
	r.Status = c.Int(`"st":`)
	r.Code = c.SharedText(`"code":`)
	r.RequestID = c.Text(`"rid":`)
	r.OAuth = c.Flag(`"oauth":`)
	r.Fault = c.Flag(`"fault":`)
	r.Partial = c.Flag(`"part":`)
	if c.Open(`"sig":`) {
		readSignal(c, &r.Signal)
		c.Close(signalKeys)
	}
	if c.Member(`"decl":`) {
		r.Declared = new(Declaration)
		c.JSON(r.Declared)
		*r = r.normal()
	}
	r.Endpoint = c.SharedText(`"ep":`)
	r.Stage = Stage(c.SharedText(`"stage":`))
	r.Claim = c.Text(`"cl":`)
	r.Owner = c.SharedText(`"own":`)
	r.Site = c.SharedText(`"site":`)
	r.Test = c.SharedText(`"test":`)
	r.Earlier = c.Int(`"earlier":`)
	r.Granted = c.SharedTexts(`"granted":`)
	r.Waited = time.Duration(c.Int64(`"wait":`)) * time.Millisecond
}

func readSignal(c *lines.Cursor, s *window.Signal) {
	s.Group = c.SharedText(`"g":`)
	s.Limit = c.Int(`"l":`)
	s.Window = time.Duration(c.Int64(`"w":`))
	s.Remaining = c.Int(`"r":`)
	s.RetryAfter = time.Duration(c.Int64(`"ra":`))
	s.Refused = c.Flag(`"x":`)
}

// The keys of all members, which must not occur among the unknown ones at the end of an object.
func recordKeys() []string {
	return append(append(lines.Keys(func(c *lines.Cursor) { readMembers(c, new(Record)) }), "v", "c"), lines.LinkKeys...)
}

func signalKeys() []string {
	return lines.Keys(func(c *lines.Cursor) { readSignal(c, new(window.Signal)) })
}

// kindOf is the kind of that name; those that are known take no memory.
func kindOf(name []byte) Kind {
	for _, k := range knownKinds {
		if string(name) == string(k) {
			return k
		}
	}
	return Kind(name)
}

// errTorn is how a decoder says that a line is marked as torn.
var errTorn = errors.New("torn")

// Decode reads a line that [Encode] wrote, with or without its newline. It is strict, but for members that it does not
// know at the end of an object: they are those of a newer version, and are left out of the record.
//
// The error is a [*TornError] for a line that a killed writer left, a [*VersionError] for one of a format or a kind
// that this version does not know, and a [*DamageError] for anything else that Encode does not write.
func Decode(line []byte) (Record, error) {
	var d decoder
	r, err := d.decode(line)
	if errors.Is(err, errTorn) {
		err = &TornError{}
	}
	return r, err
}

// decoder decodes many lines and keeps what they have in common. It is not safe for concurrent use.
type decoder struct {
	cursor lines.Cursor
	shared lines.Shared
	link   lines.Link // of the line that was decoded last
	linked bool       // it has one
}

func (d *decoder) decode(line []byte) (r Record, err error) {
	line = bytes.TrimSuffix(line, []byte("\n"))
	d.linked = false
	if rest, marked := bytes.CutSuffix(line, []byte(lines.TornMark)); marked {
		whole, err := d.unfinished(rest)
		if err != nil {
			return r, err
		}
		line = whole
	}
	c := &d.cursor
	v, ok := c.Start(line, &d.shared)
	if !ok {
		return r, &DamageError{Reason: "it does not begin as a record does"}
	}
	if v != version {
		return r, &VersionError{Version: v}
	}
	body, err := lines.Body(line)
	if err != nil {
		return r, &DamageError{Reason: err.Error()}
	}
	body, d.link, d.linked = lines.CutLink(body)
	c.Cut(body)
	readMembers(c, &r)
	c.End(recordKeys)
	if fault := c.Fault(); fault != "" {
		return Record{}, &DamageError{Reason: fault}
	}
	if unknownKind(r.Kind) {
		return Record{}, &VersionError{Version: v, Kind: r.Kind}
	}
	if err := r.Validate(); err != nil {
		return Record{}, &DamageError{Reason: err.Error()}
	}
	return r, nil
}

// kindName is what a kind that a newer version adds can be called.
var kindName = regexp.MustCompile("^[a-z-]{1,32}$")

// unknownKind reports whether k is the kind of a record that a newer version wrote.
func unknownKind(k Kind) bool {
	return !slices.Contains(knownKinds[:], k) && kindName.MatchString(string(k))
}

// unfinished returns the record in a line without a newline. Usually there is none, because the writer was killed. A
// line that lacks only its newline holds its record, and one that has something else there was changed.
func (*decoder) unfinished(text []byte) (whole []byte, err error) {
	whole, more, ok := lines.Whole(text)
	switch {
	case !ok:
		return nil, errTorn
	case more:
		return nil, &DamageError{Reason: "its end has changed"}
	}
	return whole, nil
}

// decodeAt decodes a line of the file at path.
func (d *decoder) decodeAt(l lines.Line, path string) (Record, error) {
	d.linked = false
	if l.Long && string(l.Text) != lines.TornMark {
		return Record{}, &DamageError{File: path, Offset: l.Offset, End: l.End, Reason: "it is longer than any record"}
	}
	var (
		r   Record
		err error
	)
	if !l.Ended {
		l.Text, err = d.unfinished(l.Text)
	}
	if err == nil {
		r, err = d.decode(l.Text)
	}
	if err == nil {
		return r, nil
	}
	if errors.Is(err, errTorn) {
		return r, &TornError{File: path, Offset: l.Offset}
	}
	if e, ok := errors.AsType[*DamageError](err); ok {
		e.File, e.Offset, e.End = path, l.Offset, l.End
	}
	if e, ok := errors.AsType[*VersionError](err); ok {
		e.File, e.Offset = path, l.Offset
	}
	return r, err
}

// heading reads a line's time and kind and checks its checksum, and nothing more. ok is false for a line that has to be
// decoded, to find out what is wrong with it.
func (d *decoder) heading(l lines.Line) (at time.Time, kind Kind, ok bool) {
	if !l.Ended || l.Long {
		return at, "", false
	}
	c := &d.cursor
	if v, ok := c.Start(l.Text, &d.shared); !ok || v != version {
		return at, "", false
	}
	body, err := lines.Body(l.Text)
	if err != nil {
		return at, "", false
	}
	c.Cut(body)
	at, kind = c.Time(`"at":`), kindOf(c.Bytes(`"k":`))
	return at, kind, c.Fault() == "" && !at.IsZero() && slices.Contains(knownKinds[:], kind)
}
