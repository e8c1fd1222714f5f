package lines

import "time"

// date is a UTC day and its first instant.
type date struct {
	text  string // in the form 2006-01-02T
	start time.Time
}

// time parses a time as [AppendTime] writes it, and returns the zero time for anything else. Most times in a file are
// on one day, so usually only the time of day is parsed. With [time.Parse] alone a survey takes twice as long.
func (s *Shared) time(text []byte) time.Time {
	const size = len("2006-01-02T")
	if len(text) < len("2006-01-02T15:04:05Z") || text[len(text)-1] != 'Z' {
		return parseTime(text)
	}
	if string(text[:size]) != s.day.text {
		t := parseTime(text)
		if !t.IsZero() {
			s.day = date{string(text[:size]), t.Truncate(24 * time.Hour)}
		}
		return t
	}
	h, m, sec := twoDigits(text[11:]), twoDigits(text[14:]), twoDigits(text[17:])
	if h > 23 || m > 59 || sec > 59 || text[13] != ':' || text[16] != ':' {
		return parseTime(text)
	}
	t := time.Duration(h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(sec)*time.Second
	if fraction := text[19 : len(text)-1]; len(fraction) > 0 {
		if len(fraction) == 1 || len(fraction) > 10 || fraction[0] != '.' {
			return parseTime(text)
		}
		unit := time.Second
		for _, d := range fraction[1:] {
			if d < '0' || d > '9' {
				return time.Time{}
			}
			unit /= 10
			t += time.Duration(d-'0') * unit
		}
	}
	return s.day.start.Add(t)
}

// twoDigits parses a number of two digits, and returns 100 if it is none.
func twoDigits(b []byte) int {
	if b[0] < '0' || b[0] > '9' || b[1] < '0' || b[1] > '9' {
		return 100
	}
	return int(b[0]-'0')*10 + int(b[1]-'0')
}

// parseTime parses a time in any accepted form.
func parseTime(text []byte) (t time.Time) {
	if len(text) < 1 || text[len(text)-1] != 'Z' || t.UnmarshalText(text) != nil {
		return time.Time{}
	}
	return t
}
