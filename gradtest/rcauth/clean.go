package rcauth

import (
	"net/url"
	"strings"
	"unicode"
)

const (
	longestText   = 200 // of a server's words
	longestWord   = 31  // client ids have 22 characters; tokens, secrets and JWTs are longer
	shortestMatch = 6   // of a word that may be a piece of a secret
)

// clean makes words from outside fit to be shown: one line, cut, without anything that was sent in confidence, whole or
// in pieces, and without any word so long that it could be a token.
func clean(text string, secrets []string) string {
	text = conceal(text, secrets)
	words := strings.FieldsFunc(text, func(c rune) bool { return unicode.IsSpace(c) || !unicode.IsPrint(c) })
	for i, word := range words {
		if suspicious(word, secrets) {
			words[i] = "[secret]"
		}
	}
	text = strings.Join(words, " ")
	if runes := []rune(text); len(runes) > longestText {
		text = string(runes[:longestText]) + "…"
	}
	return text
}

// conceal takes the secrets themselves out of a text.
func conceal(text string, secrets []string) string {
	for _, secret := range secrets {
		if len(secret) < shortestMatch { // no secret of anybody's, and taking it out would garble every text
			continue
		}
		for _, form := range []string{secret, url.QueryEscape(secret), url.PathEscape(secret)} {
			text = strings.ReplaceAll(text, form, "[secret]")
		}
	}
	return text
}

func suspicious(word string, secrets []string) bool {
	for piece := range strings.FieldsFuncSeq(word, func(c rune) bool { return strings.ContainsRune(`"'()[]{}<>,;:=&?/\.`, c) }) {
		if len(piece) > longestWord {
			return true
		}
		if plain, err := url.QueryUnescape(piece); err == nil {
			piece = plain
		}
		for _, secret := range secrets {
			if len(piece) >= shortestMatch && strings.Contains(secret, piece) {
				return true
			}
		}
	}
	return false
}

// codeWord lets through what can be an error code, a word or XXX-nnn, and nothing longer.
func codeWord(s string) string {
	if len(s) > 40 || strings.Count(s, "-") > 1 {
		return ""
	}
	digits := false
	for _, c := range s {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_':
			if digits {
				return ""
			}
		case c == '-':
			digits = true
		case c >= '0' && c <= '9' && digits:
		default:
			return ""
		}
	}
	return s
}
