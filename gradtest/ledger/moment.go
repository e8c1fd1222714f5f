package ledger

import "time"

// dates remembers the last day that was read: most of a file's moments are on the same one.
type dates struct {
	text  string // as 2006-01-02T
	start time.Time
}

// dateSize is the length of a date with the T behind it.
const dateSize = len("2006-01-02T")

// moment reads a time as [Encode] writes it; the zero time: it is none. Reading times was the larger part of reading
// records, so that the usual form is read by hand.
func (c *cursor) moment(text []byte) (t time.Time) {
	if c.days == nil || len(text) < len("2006-01-02T15:04:05Z") || text[len(text)-1] != 'Z' {
		return slowMoment(text)
	}
	if string(text[:dateSize]) != c.days.text {
		if slowMoment(text).IsZero() {
			return t
		}
		date, err := time.Parse("2006-01-02T", string(text[:dateSize]))
		if err != nil {
			return t
		}
		*c.days = dates{string(text[:dateSize]), date}
	}
	h, m, s := two(text[11:]), two(text[14:]), two(text[17:])
	if h > 23 || m > 59 || s > 59 || text[13] != ':' || text[16] != ':' {
		return slowMoment(text)
	}
	n := time.Duration(0)
	if fraction := text[19 : len(text)-1]; len(fraction) > 0 {
		if len(fraction) == 1 || len(fraction) > 10 || fraction[0] != '.' {
			return slowMoment(text)
		}
		unit := time.Second
		for _, d := range fraction[1:] {
			if d < '0' || d > '9' {
				return t
			}
			unit /= 10
			n += time.Duration(d-'0') * unit
		}
	}
	return c.days.start.Add(time.Duration(h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(s)*time.Second + n)
}

// two reads two digits; 100: they are none.
func two(b []byte) int {
	if b[0] < '0' || b[0] > '9' || b[1] < '0' || b[1] > '9' {
		return 100
	}
	return int(b[0]-'0')*10 + int(b[1]-'0')
}

// slowMoment reads a time in any form that is allowed.
func slowMoment(text []byte) (t time.Time) {
	if len(text) < 1 || text[len(text)-1] != 'Z' || t.UnmarshalText(text) != nil {
		return time.Time{}
	}
	return t
}
