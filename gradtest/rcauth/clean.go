package rcauth

import (
	"net/url"
	"strings"
	"unicode"
)

const (
	longestText   = 200 // of a server's text, in characters
	longestWord   = 31  // client ids have 22 characters; tokens, secrets and JWTs are longer
	shortestMatch = 6   // of a word that may be part of a secret
)

// clean prepares a server's text for an error: one line, shortened, without the secrets or parts of them, and without
// any word that is long enough to be a token.
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

// conceal replaces the secrets in a text, also where they are percent-encoded.
func conceal(text string, secrets []string) string {
	for _, secret := range secrets {
		if len(secret) < shortestMatch { // too short to be a secret, and replacing it would garble ordinary text
			continue
		}
		for _, form := range []string{secret, url.QueryEscape(secret), url.PathEscape(secret)} {
			text = strings.ReplaceAll(text, form, "[secret]")
		}
	}
	return text
}

// suspicious reports whether a word contains a part of a secret, or could be a token.
func suspicious(word string, secrets []string) bool {
	separator := func(c rune) bool { return strings.ContainsRune(`"'()[]{}<>,;:=&?/\.`, c) }
	for piece := range strings.FieldsFuncSeq(word, separator) {
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
