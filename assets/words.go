package assets

import (
	"path"
	"strings"
	"unicode"

	"github.com/gosimple/unidecode"
	"golang.org/x/net/html"

	"replant/migrate/dom"
	"replant/migrate/regex"
)

// wordsMost is the most bytes of a name that is made of words: a person reads no further.
const wordsMost = 50

// wordsLeast is how many bytes a text has that is a better name than a number: x is none.
const wordsLeast = 3

// words returns a name made of what the text says of a picture: its alternative text, else its
// caption, else its title. It is empty where these say nothing.
func (p *picture) words() string {
	if p.node == nil || p.plays {
		return ""
	}
	for _, said := range []func() string{
		func() string { return attr(p.node, "alt") },
		func() string { return captionOf(p.node) },
		func() string { return attr(p.node, "title") },
	} {
		text := said()
		if fillers[strings.ToLower(strings.TrimSpace(text))] || !telling(text) || len(text) < wordsLeast {
			continue
		}
		if name := wordy(text); len(name) > 2 { // a letter says less than a number
			return name
		}
	}
	return ""
}

// captionOf returns the caption of the figure that a picture stands alone in.
func captionOf(n *html.Node) string {
	for p := n.Parent; p != nil; p = p.Parent {
		if is(p, "figure") {
			if captions := all(p, "figcaption"); len(captions) == 1 && len(all(p, "img")) == 1 {
				return dom.Words(captions[0])
			}
			return ""
		}
	}
	return ""
}

// wordy spells a text as a file's name, cut at the end of a word.
func wordy(text string) string {
	if len(text) > 4*nameMost {
		text = strings.ToValidUTF8(text[:4*nameMost], "")
	}
	text = strings.NewReplacer("'", "", "’", "").Replace(strings.ToLower(unidecode.Unidecode(text)))
	name := strings.Trim(unwordy().ReplaceAllString(text, "-"), "-")
	if len(name) > wordsMost {
		cut := strings.LastIndexByte(name[:wordsMost+1], '-')
		if cut < wordsMost/2 {
			cut = wordsMost // one long word
		}
		name = strings.Trim(name[:cut], "-")
	}
	if special().MatchString(name) {
		return ""
	}
	return name
}

var (
	unwordy = regex.Lazy(`[^a-z0-9]+`)
	uuid    = regex.Lazy(`(?i)[0-9a-f]{8}[-_]?(?:[0-9a-f]{4}[-_]?){3}[0-9a-f]{12}`)
)

// telling reports whether a name says something to a person: there is a word in it that is no
// number, and not what cameras and programs call every picture; beside a hash, two words, for
// in a hash there may be something like one. Nothing but a letter or two is a name that
// somebody chose.
func telling(name string) bool {
	const enough = 8 // letters of words beside a hash
	if ext := path.Ext(name); ending(strings.ToLower(ext)) {
		name = strings.TrimSuffix(name, ext)
	}
	name = uuid().ReplaceAllString(name, "-")
	parts, short, joined, words, noise := 0, 0, false, 0, false
	for part := range strings.FieldsFuncSeq(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }) {
		parts++
		switch letters := strings.TrimRight(part, "0123456789"); {
		case isWord(letters) && joinedWords(letters):
			joined = true
		case isWord(letters):
			words += len(letters)
		case len(letters) > 4 && !generic[strings.ToLower(letters)]:
			noise = true
		case len(part) < 3 && letters == part:
			short++
		}
	}
	return !noise && (words > 0 || joined) || words >= enough || parts > 0 && parts == short
}

// joinedWords reports whether a word is several, such as MyShed.
func joinedWords(s string) bool {
	return strings.ToUpper(s) != s && strings.ToLower(s[1:]) != s[1:]
}

// isWord reports whether what stands between digits and punctuation is a word.
func isWord(s string) bool {
	switch {
	case strings.IndexFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) >= 0: // no hash is spelled so
		return true
	case len(s) < 3, strings.ContainsAny(s, "0123456789"), generic[strings.ToLower(s)]:
		return false
	}
	return pronounced(strings.ToLower(s)) && cased(s)
}

// generic are the words that cameras and programs give to every picture.
var generic = map[string]bool{
	"img": true, "image": true, "images": true, "imag": true, "photo": true, "pic": true, "picture": true, "dsc": true,
	"dscn": true, "dscf": true, "pxl": true, "mvimg": true, "file": true, "unnamed": true, "download": true, "untitled": true,
	"media": true, "thumb": true, "thumbnail": true, "original": true, "large": true, "small": true, "medium": true, "full": true,
	"scaled": true, "resized": true, "copy": true, "edited": true, "public": true, "asset": true, "attachment": true, "upload": true,
	"blob": true, "tmp": true, "temp": true, "jpeg": true, "jpg": true, "png": true, "gif": true, "webp": true, "pasted": true,
	"max": true, "screen": true, "shot": true, "screenshot": true, "http": true, "https": true, "www": true, "com": true,
}

// pronounced reports whether a word has vowels, and no long row of letters without one.
func pronounced(word string) bool {
	const hard = 5
	row, vowels := 0, 0
	for i := range len(word) {
		if strings.IndexByte("aeiouy", word[i]) >= 0 {
			row = 0
			vowels++
			continue
		}
		if row++; row > hard {
			return false
		}
	}
	return vowels > 0 && len(word) <= 12*vowels
}

// cased reports whether capitals stand as they do in words: in front, throughout, or at the
// beginning of words that were put together.
func cased(word string) bool {
	if strings.ToUpper(word) == word || strings.ToLower(word) == word {
		return true
	}
	const least = 2 // letters of each word
	humps, from := 0, 0
	for i := 1; i <= len(word); i++ {
		if i < len(word) && !unicode.IsUpper(rune(word[i])) {
			continue
		}
		if i-from < least {
			return false
		}
		humps, from = humps+1, i
	}
	return 2*len(word) >= 5*humps
}
