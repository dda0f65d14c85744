package dom

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Tokens reads the tokens of HTML as an [html.Tokenizer] does, without copying them: it
// reads texts, comments, and tags in the form that programs write them, which is nearly all
// HTML. From where anything else stands it lets a tokenizer read.
type Tokens struct {
	rest  string // what has not been read
	kind  html.TokenType
	raw   string          // the token
	name  string          // of a tag, as it stands there
	attrs string          // of a tag: what comes behind those that have been asked for
	keys  []string        // of a tag: the names of its attributes, of which the first counts
	other *html.Tokenizer // of what comes; nil so far
	more  bool            // it has more attributes of the tag
}

// keysMost is how many attributes a tag has that is read here.
const keysMost = 32

// NewTokens returns a reader of the tokens of HTML.
func NewTokens(source string) *Tokens { return &Tokens{rest: source} }

// Next reads the next token and returns what it is; an [html.ErrorToken] is the end.
func (t *Tokens) Next() html.TokenType {
	if t.other != nil {
		return t.other.Next()
	}
	switch n := textLength(t.rest); {
	case t.rest == "":
		t.kind, t.raw = html.ErrorToken, ""
	case n > 0:
		t.take(html.TextToken, n)
	case !t.markup():
		t.other = html.NewTokenizer(strings.NewReader(t.rest))
		return t.other.Next()
	}
	return t.kind
}

func (t *Tokens) take(kind html.TokenType, n int) {
	t.kind, t.raw, t.rest = kind, t.rest[:n], t.rest[n:]
}

// textLength returns how long the text is that s begins with: up to what may be markup.
func textLength(s string) int {
	for i := 0; ; i++ {
		at := strings.IndexByte(s[i:], '<')
		if at < 0 || i+at+1 == len(s) {
			return len(s)
		}
		if i += at; isLetter(s[i+1]) || s[i+1] == '/' || s[i+1] == '!' || s[i+1] == '?' {
			return i
		}
	}
}

// markup reads a tag or a comment; false for anything that a tokenizer has to see.
func (t *Tokens) markup() bool {
	switch s := t.rest; {
	case isLetter(s[1]):
		return t.startTag()
	case s[1] == '/':
		name, length := endTag(s)
		if length == 0 {
			return false
		}
		t.take(html.EndTagToken, length)
		t.name, t.attrs = name, ""
		return true
	}
	length := commentLength(t.rest)
	if length == 0 {
		return false
	}
	t.take(html.CommentToken, length)
	return true
}

// endTag returns the name of the end tag that s begins with, and how long the tag is; 0 for
// one in another form.
func endTag(s string) (name string, length int) {
	end := len("</") + nameLength(s[len("</"):])
	name = s[len("</"):end]
	end += spaceLength(s[end:])
	if name == "" || end == len(s) || s[end] != '>' {
		return "", 0
	}
	return name, end + 1
}

// commentLength measures the comment that s begins with; 0 for one in another form.
func commentLength(s string) int {
	body, ok := strings.CutPrefix(s, "<!--")
	end := strings.Index(body, "-->")
	if !ok || end < 0 || body[0] == '>' || strings.HasPrefix(body, "->") || strings.Contains(body[:end], "--!") {
		return 0
	}
	return len("<!--") + end + len("-->")
}

// startTag reads a start tag whose attributes, if they have values, have them in quotation
// marks.
func (t *Tokens) startTag() bool {
	s := t.rest
	from := 1 + nameLength(s[1:])
	t.name = s[1:from]
	end := from
	t.keys = t.keys[:0]
	for n := attributeLength(s[end:]); n > 0; n = attributeLength(s[end:]) {
		key, _, _ := strings.Cut(s[end+spaceLength(s[end:]):end+n], "=")
		if len(t.keys) == keysMost || slices.ContainsFunc(t.keys, func(k string) bool { return strings.EqualFold(k, key) }) {
			return false
		}
		t.keys = append(t.keys, key)
		end += n
	}
	kind := html.StartTagToken
	end += spaceLength(s[end:])
	if strings.HasPrefix(s[end:], "/>") {
		kind = html.SelfClosingTagToken
		end++
	}
	if end == len(s) || s[end] != '>' || holdsText(t.Tag()) {
		return false
	}
	t.take(kind, end+1)
	t.attrs = t.raw[from:]
	return true
}

// holdsText reports whether no tag is one in an element.
func holdsText(tag string) bool {
	switch tag {
	case "iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "textarea", "title", "xmp":
		return true
	}
	return false
}

// attributeLength measures the attribute that s begins with, and the space in front of it; 0
// for one in another form.
func attributeLength(s string) int {
	space := spaceLength(s)
	key := nameLength(s[space:])
	end := space + key
	switch {
	case space == 0 || key == 0:
		return 0
	case end == len(s) || s[end] != '=':
		return end
	case end+1 == len(s) || s[end+1] != '"' && s[end+1] != '\'':
		return 0
	}
	value := strings.IndexByte(s[end+2:], s[end+1])
	if value < 0 || strings.IndexByte(s[end+2:end+2+value], 0) >= 0 {
		return 0
	}
	end += 2 + value + 1
	if end == len(s) || spaceLength(s[end:]) == 0 && s[end] != '/' && s[end] != '>' {
		return 0
	}
	return end
}

func nameLength(s string) (n int) {
	for n < len(s) && (isLetter(s[n]) || n > 0 && (s[n] >= '0' && s[n] <= '9' || s[n] == '-' || s[n] == ':' || s[n] == '_')) {
		n++
	}
	return n
}

func spaceLength(s string) (n int) {
	for n < len(s) && (s[n] == ' ' || s[n] == '\n' || s[n] == '\t') {
		n++
	}
	return n
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// Raw returns a token as it stands in the source.
func (t *Tokens) Raw() string {
	if t.other != nil {
		return string(t.other.Raw())
	}
	return t.raw
}

// Text returns what a text says.
func (t *Tokens) Text() string {
	if t.other != nil {
		return string(t.other.Text())
	}
	s := t.raw
	if strings.IndexByte(s, '\r') >= 0 {
		s = newlines.Replace(s)
	}
	return unescaped(s)
}

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// Tag returns the name of a tag, in lower case.
func (t *Tokens) Tag() string {
	if t.other != nil {
		var name []byte
		name, t.more = t.other.TagName()
		return string(name)
	}
	return strings.ToLower(t.name)
}

// Attr returns the next attribute of a tag, not ok behind the last one. The tag's name must
// have been asked for before.
func (t *Tokens) Attr() (key, value string, ok bool) {
	if t.other != nil {
		if !t.more {
			return "", "", false
		}
		var k, v []byte
		k, v, t.more = t.other.TagAttr()
		return string(k), string(v), true
	}
	n := attributeLength(t.attrs)
	if n == 0 {
		return "", "", false
	}
	one := t.attrs[spaceLength(t.attrs):n]
	t.attrs = t.attrs[n:]
	key, value, ok = strings.Cut(one, "=")
	if ok {
		value = attributeValue(value)
	}
	return strings.ToLower(key), value, true
}

// attributeValue returns what a value in quotation marks says.
func attributeValue(quoted string) string {
	value := strings.ReplaceAll(quoted[1:len(quoted)-1], "&amp;", "&")
	if len(quoted)-2-len(value) == strings.Count(value, "&")*len("amp;") && strings.IndexByte(value, '\r') < 0 {
		return value // no other reference, which would be read by rules of its own
	}
	z := html.NewTokenizer(strings.NewReader("<a a=" + quoted + ">"))
	z.Next()
	_, v, _ := z.TagAttr()
	return string(v)
}
