package markdown

import (
	"bytes"
	"strings"
)

// links tells whether the character at s[i] would make a link of text that the
// source does not link (goldmark's linkify, on in Hugo), or an emoji of a name in
// colons (on in some sites).
func (w *writer) links(s string, i int, after byte) bool {
	switch s[i] {
	case ':':
		return strings.HasPrefix(s[i:], "://") && w.begins("http", "https", "ftp") ||
			emoji(s[i:]) && w.apart() || i == 0 && w.behind() == ']'
	case '.':
		return isAlnum(after) && w.begins("www")
	case '@':
		return mailName(w.behind()) && mailHost(s[i+1:])
	}
	return false
}

// linked are the characters after which goldmark looks for links; among them the ends of
// code, links and pictures.
const linked = "\n *_~()>" + string(chunkEnd)

// begins tells whether what was written ends in one of the words, and that word
// stands where goldmark looks for links.
func (w *writer) begins(words ...string) bool {
	for _, word := range words {
		before, ok := bytes.CutSuffix(w.out, []byte(word))
		if ok && (len(before) == 0 || strings.IndexByte(linked, before[len(before)-1]) >= 0) {
			return true
		}
	}
	return false
}

// apart tells whether what comes stands apart from the word before it.
func (w *writer) apart() bool { return !isAlnum(w.behind()) }

// emoji tells whether s begins with a name in colons.
func emoji(s string) bool {
	const longest = 50
	end := strings.IndexByte(s[1:min(len(s), longest)], ':')
	if end < 1 {
		return false
	}
	name := s[1 : 1+end]
	return strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_+-") == "" && strings.Trim(name, "0123456789") != ""
}

// mailName tells whether c may end the first part of a mail address.
func mailName(c byte) bool {
	return isAlnum(c) || c != 0 && strings.IndexByte(".!#$%&'*+/=?^_`{|}~-", c) >= 0
}

// mailHost tells whether s begins with a host name that has a dot in it.
func mailHost(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c == '.':
			return i > 0 && i+1 < len(s) && isAlnum(s[i+1])
		case !isAlnum(c) && c != '-':
			return false
		}
	}
	return false
}
