package feedscan

import (
	"bytes"
	"errors"
	"html"
	"strconv"

	"golang.org/x/text/encoding/charmap"

	"replant/migrate/regex"
)

// plain are the bytes of XML that need no attention. What does: references, tags, the
// end of CDATA sections, control characters, and the first bytes of those beyond ASCII.
var plain = func() (t [256]bool) {
	for c := range t {
		t[c] = c >= ' ' || c == '\t' || c == '\n'
	}
	t['&'], t['<'], t[']'], t[0xC2], t[0xEF] = false, false, false, false, false
	return t
}()

// plainInSection are the same in a CDATA section, in which marks are characters like any other.
var plainInSection = func() (t [256]bool) {
	t = plain
	t['&'], t['<'], t[']'] = true, true, true
	return t
}()

// tidier makes a piece of XML well formed as to its characters: those that XML forbids
// are dropped, raw and as references; references that it does not know become what the
// DOCTYPE declares or the characters that HTML knows them for; any other '&' becomes a
// text. Controls of C1 become what windows-1252 has in their place, as in HTML. Lines
// end in LF. In CDATA sections only characters are touched.
type tidier struct {
	known    entities
	out, in  []byte
	expanded int
	lone     map[string]bool // beginnings of sections whose end does not come any more
	endTags  map[string]int  // by name: how much of in is left at the last one; nil until asked for
}

// tidy returns a tidy piece; the very piece where it is so already, as most are.
func tidy(b []byte, known entities) []byte {
	if isTidy(b) {
		return b
	}
	t := tidier{known: known, in: b, out: make([]byte, 0, len(b)+64)}
	return t.all()
}

// all makes all of a piece tidy.
func (t *tidier) all() []byte {
	for len(t.in) > 0 {
		n := 0
		for n < len(t.in) && plain[t.in[n]] {
			n++
		}
		t.copy(n)
		if len(t.in) > 0 {
			t.special()
		}
	}
	return t.out
}

// isTidy reports whether a piece is tidy. Of what is rare it does not know.
func isTidy(b []byte) bool {
	for {
		n := 0
		for n < len(b) && plain[b[n]] {
			n++
		}
		if n == len(b) {
			return true
		}
		size := tidySize(b[n:])
		if size == 0 {
			return false
		}
		b = b[n+size:]
	}
}

// tidySize returns the length of what comes next and is tidy, though its first byte is not plain;
// 0 where it is not, or not known to be.
func tidySize(b []byte) int {
	switch b[0] {
	case '&':
		_, size := reference(b)
		return size
	case '<':
		size := sectionSize(b)
		switch {
		case size == 0 && (bytes.HasPrefix(b, []byte("<!")) || bytes.HasPrefix(b, []byte("<?"))):
			return 0
		case size == 0:
			return 1
		case isLegal(b[len(sectionBegin) : size-len(sectionEnd)]):
			return size
		}
		return 0
	case ']':
		if bytes.HasPrefix(b, []byte(sectionEnd)) {
			return 0
		}
		return 1
	}
	return legalSize(b)
}

// isLegal reports whether the text of a section has nothing but characters of XML.
func isLegal(text []byte) bool {
	for i := 0; i < len(text); {
		if plainInSection[text[i]] {
			i++
			continue
		}
		size := legalSize(text[i:])
		if size == 0 {
			return false
		}
		i += size
	}
	return beginAt(text, sectionBegin) < 0
}

// legalSize returns the length of the character that b begins with, whose first byte begins some
// that XML forbids too; 0 where it is one of them.
func legalSize(b []byte) int {
	switch {
	case b[0] == 0xC2 && len(b) > 1 && b[1] >= 0xA0:
		return 2
	case b[0] == 0xEF && len(b) > 2 && (b[1] != 0xBF || b[2] < 0xBE):
		return 3
	}
	return 0
}

// copy takes over n bytes as they are.
func (t *tidier) copy(n int) {
	t.out = append(t.out, t.in[:n]...)
	t.in = t.in[n:]
}

// put takes s for the next n bytes.
func (t *tidier) put(s string, n int) {
	t.out = append(t.out, s...)
	t.in = t.in[n:]
}

// special deals with a byte that is not plain.
func (t *tidier) special() {
	switch b := t.in; {
	case b[0] == '&':
		t.reference()
	case bytes.HasPrefix(b, []byte("<![CDATA[")):
		t.section()
	case bytes.HasPrefix(b, []byte("<!--")) && t.open("<!--", "-->"), bytes.HasPrefix(b, []byte("<?")) && t.open("<?", "?>"):
		t.put("&lt;", 1)
	case bytes.HasPrefix(b, []byte("]]>")):
		t.put("]]&gt;", 3)
	case b[0] == '<', b[0] == ']':
		t.copy(1)
	default:
		n := next(b)
		t.out = legal(t.out, b[:n])
		t.in = b[n:]
	}
}

// open reports whether a section that begins here has no end.
func (t *tidier) open(begin, end string) bool {
	if !t.lone[begin] && bytes.Contains(t.in, []byte(end)) {
		return false
	}
	if t.lone == nil {
		t.lone = map[string]bool{}
	}
	t.lone[begin] = true // nor has any that begins further on
	return true
}

const (
	sectionBegin = "<![CDATA["
	sectionEnd   = "]]>"
)

// section takes over a CDATA section. One that has no end, or that holds the beginning of
// another and does not end its element, was meant to go as far as its element does.
func (t *tidier) section() {
	end := len(t.in)
	open := t.open(sectionBegin, sectionEnd)
	if !open {
		end = bytes.Index(t.in, []byte(sectionEnd))
	}
	text := t.in[len(sectionBegin):max(end, len(sectionBegin))]
	if open || bytes.Contains(text, []byte(sectionBegin)) && !t.ends(t.in[end+len(sectionEnd):]) {
		if n := t.endTag(t.element()); n > 0 {
			text, end = bytes.TrimSuffix(bytes.TrimRight(t.in[len(sectionBegin):n], " \t\r\n"), []byte(sectionEnd)), n
			text = bytes.ReplaceAll(text, []byte(sectionEnd), []byte("]]"+sectionEnd+sectionBegin+">"))
		}
	}
	t.out = append(legal(append(t.out, sectionBegin...), text), sectionEnd...)
	t.in = bytes.TrimPrefix(t.in[end:], []byte(sectionEnd))
}

// endTag returns where the element of a name ends in what comes; -1 where it does not.
// The end tags are listed once: to look for each that is missing would take as long as
// the feed is, time and again.
func (t *tidier) endTag(name string) int {
	if t.endTags == nil {
		t.endTags = map[string]int{}
		for rest := t.in; len(rest) > 0; {
			_, after, _ := bytes.Cut(rest, []byte("</"))
			n := 0
			for n < len(after) && nameByte(after[n]) {
				n++
			}
			t.endTags[string(after[:n])] = len(after)
			rest = after
		}
	}
	if left, known := t.endTags[name]; !known || left > len(t.in) {
		return -1
	}
	return bytes.Index(t.in, []byte("</"+name))
}

// ends reports whether the element that has just begun ends here, or its text goes on in
// another section.
func (t *tidier) ends(rest []byte) bool {
	rest = bytes.TrimLeft(rest, " \t\r\n")
	return bytes.HasPrefix(rest, []byte("</"+t.element())) || bytes.HasPrefix(rest, []byte(sectionBegin))
}

// element is the name of the element that has just begun; of a stranger where none has.
func (t *tidier) element() string {
	at := bytes.LastIndexByte(t.out, '<') + 1
	n := at
	for n < len(t.out) && nameByte(t.out[n]) {
		n++
	}
	if at == 0 || n == at {
		return sectionBegin // which ends nowhere
	}
	return string(t.out[at:n])
}

// next returns the length of the character that b begins with, as far as [legal] cares.
func next(b []byte) int {
	switch {
	case b[0] == 0xEF:
		return min(3, len(b))
	case b[0] == 0xC2, b[0] == '\r' && len(b) > 1 && b[1] == '\n':
		return min(2, len(b))
	}
	return 1
}

// legal appends b without the characters that XML 1.0 forbids (section 2.2).
func legal(out, b []byte) []byte {
	for i := 0; i < len(b); i++ {
		from := i
		for i < len(b) && plainInSection[b[i]] {
			i++
		}
		if out = append(out, b[from:i]...); i == len(b) {
			break
		}
		switch c := b[i]; {
		case c == '\r':
			if i+1 == len(b) || b[i+1] != '\n' {
				out = append(out, '\n')
			}
		case c < ' ' && c != '\t' && c != '\n':
		case c == 0xEF && i+2 < len(b) && b[i+1] == 0xBF && b[i+2] >= 0xBE:
			i += 2
		case c == 0xC2 && i+1 < len(b) && b[i+1] < 0xA0:
			i++
			out = append(out, string(charmap.Windows1252.DecodeByte(b[i]))...)
		default:
			out = append(out, c)
		}
	}
	return out
}

// reference takes what stands for the '&' that comes next.
func (t *tidier) reference() {
	end := bytes.IndexByte(t.in[:min(len(t.in), 40)], ';') + 1
	if end <= 0 || bytes.ContainsAny(t.in[1:end-1], " \t\r\n&<>\"'") {
		t.put("&amp;", 1)
		return
	}
	ref := string(t.in[:end])
	switch ref {
	case "&lt;", "&gt;", "&amp;", "&quot;", "&apos;":
		t.copy(end)
		return
	}
	if len(ref) > 2 && ref[1] == '#' {
		t.numeric(ref)
		return
	}
	if text, ok := t.known[ref[1:end-1]]; ok && t.expanded+len(text) <= expandedMost {
		t.expanded += len(text)
		t.put(text, end)
		return
	}
	if text := html.UnescapeString(ref); text != ref && text != html.UnescapeString(ref[:len(ref)-1])+";" {
		t.put(html.EscapeString(text), end)
		return
	}
	t.put("&amp;", 1)
}

// numeric takes a reference by number: unchanged where XML allows the character, nothing where
// it does not, a text where it is no number.
func (t *tidier) numeric(ref string) {
	digits, base := ref[2:len(ref)-1], 10
	if digits != "" && digits[0]|0x20 == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 64)
	switch {
	case err != nil && !tooLarge(err):
		t.put("&amp;", 1)
	case err != nil || !legalRune(n):
		t.put("", len(ref))
	case n >= 0x80 && n < 0xA0:
		t.put(string(charmap.Windows1252.DecodeByte(byte(n))), len(ref))
	default:
		t.copy(len(ref))
	}
}

func legalRune(n uint64) bool {
	return n == '\t' || n == '\n' || n == '\r' || n >= ' ' && n < 0xD800 ||
		n > 0xDFFF && n < 0xFFFE || n > 0xFFFF && n <= 0x10FFFF
}

func tooLarge(err error) bool { return errors.Is(err, strconv.ErrRange) }

// entities are what the DOCTYPE of a feed declares: by name, the text that a reference
// stands for, as XML. A text holds no reference to another entity, and those from
// outside the document are not among them: nothing grows beyond its own length, and
// nothing is read.
type entities map[string]string

const (
	entityMost   = 1 << 10 // bytes of one text; a longer one stays a reference
	entitiesMost = 256
	// expandedMost is how much longer an item may get by its entities.
	expandedMost = 1 << 20
)

// entityDeclaration is an internal entity: XML 1.0, section 4.2.1.
var entityDeclaration = regex.Lazy(`<!ENTITY\s+([\w.:-]+)\s+(?:"([^"]*)"|'([^']*)')\s*>`)

func entitiesIn(prolog []byte) entities {
	known := entities{}
	for _, m := range entityDeclaration().FindAllSubmatch(prolog, entitiesMost) {
		text := html.UnescapeString(string(m[2]) + string(m[3]))
		if _, again := known[string(m[1])]; !again && len(text) <= entityMost {
			known[string(m[1])] = html.EscapeString(text) // the first declaration binds
		}
	}
	return known
}
