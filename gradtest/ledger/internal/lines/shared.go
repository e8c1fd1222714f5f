package lines

// Shared keeps what many lines have in common: texts and lists of texts, so that they are allocated once, and the
// current day. The zero value is ready to use. A Shared is not safe for concurrent use.
type Shared struct {
	texts map[string]string
	lists map[string][]string
	day   date // the day of the last time read
}

// maxShared bounds the number of texts and of lists.
const maxShared = 4096

func (s *Shared) text(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if text, ok := s.texts[string(b)]; ok {
		return text
	}
	text := string(b)
	if s.texts == nil {
		s.texts = make(map[string]string)
	}
	if len(s.texts) < maxShared {
		s.texts[text] = text
	}
	return text
}

func (s *Shared) keepList(raw []byte, list []string) {
	if s.lists == nil {
		s.lists = make(map[string][]string)
	}
	if len(s.lists) < maxShared {
		s.lists[string(raw)] = list
	}
}
