package safetext

// longestWord is that of an error code of OAuth, such as invalid_grant.
const longestWord = 40

// ErrorCode returns s if it can be an error code: a word of at most 40 letters and underscores, such as invalid_grant,
// or 2 to 8 of them, a dash and 1 to 6 digits, such as CMN-102. Otherwise it returns "", because anything else in the
// place of a code could be a token, an id or a phone number.
func ErrorCode(s string) string {
	letters, digits, dashes := 0, 0, 0
	for _, c := range s {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_':
			if dashes > 0 {
				return ""
			}
			letters++
		case c >= '0' && c <= '9' && dashes == 1:
			digits++
		case c == '-' && dashes == 0:
			dashes++
		default:
			return ""
		}
	}
	word := dashes == 0 && letters <= longestWord
	numbered := dashes == 1 && letters >= 2 && letters <= 8 && digits >= 1 && digits <= 6
	if word || numbered {
		return s
	}
	return ""
}
