package wptext

import (
	"html"
	"strings"

	"replant/migrate/blog"
	"replant/migrate/regex"
)

// Readable returns the text of a post with all in it as HTML that plug-ins take out before
// WordPress looks at it: the code of highlighters, which is anything, and what builders
// encode. It is to be the first to see a text, and sees it once.
func Readable(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if strings.IndexByte(text, '[') < 0 && !hasCode(text) || !mayBeUnreadable(text) {
		return text
	}
	r := &readable{edited: edited{text: text}, unclosed: open{}}
	for at := 0; at < len(text); {
		t := next(text[at:])
		end := at + len(t.text)
		switch {
		case t.plain:
			end = r.plain(at, end)
		case !t.close && isLiteral(t.name):
			end = r.element(at, t)
		}
		at = end
	}
	return r.all("")
}

// hasCode reports whether an element of code begins in a text.
func hasCode(text string) bool { return hasTag(text, "pre", "code", "PRE", "CODE") }

// mayBeUnreadable reports whether a text has anything that [Readable] may change: the name of a
// call that it reads, an element of code with attributes, a program.
func mayBeUnreadable(text string) bool {
	for rest := text; ; {
		i := strings.IndexByte(rest, '[')
		if i < 0 {
			break
		}
		if rest = rest[i:]; isUnreadable(nameOf(rest)) {
			return true
		}
		rest = rest[1:]
	}
	for rest := text; ; {
		i := strings.IndexByte(rest, '<')
		if i < 0 {
			return false
		}
		rest = rest[i+1:]
		for _, name := range []string{"pre", "code"} {
			if begins(rest, name) && len(rest) > len(name) && isSpace(rest[len(name)]) {
				return true
			}
		}
		if strings.HasPrefix(rest, "?") {
			return true
		}
	}
}

// isUnreadable reports whether the shortcodes of a name enclose what is no HTML.
func isUnreadable(name string) bool {
	return name != "" && (isCode(name) || decoders[name] != nil || enclosesPicture[name])
}

// readable is a text on its way to be readable.
type readable struct {
	edited
	ends     endings // nil until asked for
	unclosed open
}

// plain reads the text from an offset up to the next tag, and returns where what it has read
// ends: code goes on behind tags.
func (r *readable) plain(from, end int) int {
	for i := from; i < end; {
		at := strings.IndexByte(r.text[i:end], '[')
		if at < 0 {
			break
		}
		i += at
		if n := escapedSize(r.text[i:end]); n > 0 {
			i += n
			continue
		}
		html, n := r.call(r.text[i:])
		if n == 0 {
			i++
			continue
		}
		r.replace(i, i+n, html)
		i += n
		end = max(end, i)
	}
	return end
}

// call reads the shortcode that s begins with, if what is in it is code or encoded; its length
// is 0 for any other.
func (r *readable) call(s string) (html string, n int) {
	name := nameOf(s)
	if !isUnreadable(name) {
		return "", 0
	}
	m, ok := startOf(s)
	if !ok || m.name != name || m.single && decoders[name] == nil {
		return "", 0
	}
	c := shortcode{name: name}
	c.attrs, c.args = attributes(m.given)
	n = m.size
	if r.ends == nil {
		r.ends = endTags(r.text)
	}
	end := r.ends.next(s[n:], name)
	if end >= 0 && !m.single {
		c.inner, c.enclosed = s[n:n+end], true
		n += end + len("[/"+name+"]")
	}
	switch decode := decoders[name]; {
	case enclosesPicture[name]:
		html = pictured(s[:m.size], c)
	case decode != nil:
		html = decode(c)
	case c.enclosed && !marksText(c):
		html = listing(c)
	}
	if html == "" {
		return "", 0
	}
	return html, n
}

// marksText reports whether a shortcode named highlight stands around words of a text, as that of
// many themes does, and not around code.
func marksText(c shortcode) bool {
	return c.name == "highlight" && c.attr("language", "lang", "type") == "" && c.arg() == "" && !strings.Contains(c.inner, "\n")
}

// nameOf returns the name of the shortcode that s may begin with.
func nameOf(s string) string {
	end := 1
	for end < len(s) && (alphanumeric(s[end]) || s[end] == '_') {
		end++
	}
	return s[1:end]
}

// element reads the element at an offset, whose inside is no prose, and returns where it ends.
func (r *readable) element(at int, t token) int {
	source := r.unclosed.whole(r.text[at:], t)
	switch n := len(source); {
	case n == len(t.text), t.name != "pre" && t.name != "code":
	case verbatimTag(t):
		start, end := len(t.text), strings.LastIndex(source, "</")
		if inner := source[start:end]; t.name == "pre" && strings.HasPrefix(inner, "<code") && strings.HasSuffix(strings.TrimSpace(inner), "</code>") {
			start, end = start+strings.IndexByte(inner, '>')+1, start+strings.LastIndex(inner, "</")
		}
		start = min(start, end)
		escapedBefore := strings.Contains(t.text, `escaped="true"`) || strings.Contains(t.text, "decode:true")
		r.replace(at, at+n, source[:start]+entities.Replace(characters(source[start:end], escapedBefore))+source[end:])
	case strings.Contains(source, "<?"):
		r.replace(at, at+n, strings.ReplaceAll(source, "<?", "&lt;?")) // browsers would take a program for a comment
	}
	return at + len(source)
}

// verbatimTag reports whether a tag belongs to a highlighter that takes what is in the element
// as it stands: WP-Syntax and CodeColorer by the language, Crayon and EnlighterJS by the
// class. A language that people speak is none.
func verbatimTag(t token) bool {
	if !strings.ContainsAny(t.text, " \t\n\f\r") {
		return false // it has no attributes
	}
	for _, m := range tagLanguage().FindAllStringSubmatch(t.text, -1) {
		if l := strings.ToLower(m[1] + m[2] + m[3]); l != "" && (blog.Languages[l] || !spokenLanguage().MatchString(l)) {
			return true
		}
	}
	return crayonClass().MatchString(t.text)
}

var (
	tagLanguage    = regex.Lazy(`(?i)\s(?:lang|data-enlighter-language)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))`)
	crayonClass    = regex.Lazy(`(?i)\sclass\s*=\s*["'][^"']*\b(?:lang:|toolbar:|EnlighterJSRAW\b)`)
	spokenLanguage = regex.Lazy(`^(?:[a-z]{2}-[a-z]{2,4}|en|de|fr|es|it|pt|nl|sv|da|fi|nb|nn|no|tr|ru|uk|bg|el|hu|ro|cz|ja|zh|ko|ar|he|hi|fa|vi|id)$`)
)

// entities makes HTML of code of which nothing after it takes a part for anything but code.
var entities = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;", "[", "&#91;", "]", "&#93;")

// characters returns code as its author typed it. Editors keep the characters of HTML as
// references, and put tags of their own between the lines; where a tag or an ampersand
// stands as it is, no editor has touched the code.
func characters(code string, escaped bool) string {
	if !strings.Contains(code, "&") {
		return code
	}
	bare := code
	if strings.Contains(code, "&lt;") || strings.Contains(code, "&gt;") || strings.Contains(code, "&#60;") {
		bare = editorBreak().ReplaceAllString(code, "\n")
		bare = editorParagraph().ReplaceAllString(bare, "\n")
	}
	if escaped || !strings.Contains(bare, "<") && !bareAmpersand(bare) {
		code = html.UnescapeString(strings.ReplaceAll(strings.ReplaceAll(bare, "&nbsp;", " "), "&#160;", " "))
	}
	return code
}

var (
	editorBreak     = regex.Lazy(`(?i)<br\s*/?>\n?`)
	editorParagraph = regex.Lazy(`(?i)</p>\s*<p>|</?p>`)
)

// bareAmpersand reports whether an ampersand begins no reference.
func bareAmpersand(s string) bool {
	for at := strings.IndexByte(s, '&'); at >= 0; {
		s = s[at+1:]
		end := strings.IndexByte(s, ';')
		if end <= 0 || strings.TrimLeft(strings.ToLower(s[:end]), "#abcdefghijklmnopqrstuvwxyz0123456789") != "" {
			return true
		}
		at = strings.IndexByte(s, '&')
	}
	return false
}

// codeNames are the shortcodes of code, with the language that each means; "?" asks the
// attributes. They are those of SyntaxHighlighter, Crayon, EnlighterJS, WP-SynHighlight and
// what came before them.
var codeNames = map[string]string{
	"code": "?", "sourcecode": "?", "source": "?", "highlight": "?", "crayon": "?", "enlighter": "?", "codesyntax": "?", "syntaxhighlighter": "?",
	"prettify": "?", "pastacode": "?", "geshi": "?", "prism": "?", "wp-syntax": "?", "codeblock": "?",
	"as3": "actionscript", "actionscript3": "actionscript", "bash": "bash", "shell": "bash", "c": "c", "cf": "cfm", "coldfusion": "cfm", "clj": "clojure", "clojure": "clojure",
	"cpp": "cpp", "c++": "cpp", "csharp": "csharp", "c-sharp": "csharp", "css": "css", "delphi": "delphi", "diff": "diff", "patch": "diff", "erl": "erlang", "erlang": "erlang",
	"fsharp": "fsharp", "go": "go", "golang": "go", "groovy": "groovy", "haskell": "haskell", "html": "html", "xhtml": "html", "java": "java", "javafx": "java",
	"javascript": "javascript", "js": "javascript", "jscript": "javascript", "json": "json", "matlab": "matlab", "objc": "objc", "pascal": "pascal",
	"perl": "perl", "php": "php", "plain": "text", "powershell": "powershell", "ps1": "powershell", "py": "python", "python": "python", "r": "r", "rails": "ruby", "ruby": "ruby",
	"rust": "rust", "scala": "scala", "scss": "scss", "sql": "sql", "swift": "swift", "text": "text", "ts": "typescript", "typescript": "typescript", "vb": "vbnet", "vbnet": "vbnet",
	"xml": "xml", "xslt": "xml", "yaml": "yaml", "yml": "yaml",
}

// isCode reports whether what a shortcode encloses is code.
func isCode(name string) bool {
	return codeNames[strings.ToLower(name)] != "" || begins(name, "cc") && codeColorer().MatchString(name)
}

// codeColorer matches the shortcodes of CodeColorer: its flags, each in small letters for on
// and in capitals for off, then the language.
var codeColorer = regex.Lazy(`^(?:cc|CC)([bBeEiIlLnNsStTwW]{0,8})(?:_([\w+#-]+))?$`)

// listing returns the code that a shortcode encloses as HTML: a part of its line, or a block.
func listing(c shortcode) string {
	language, flags := codeNames[strings.ToLower(c.name)], ""
	if m := codeColorer().FindStringSubmatch(c.name); m != nil {
		language, flags = m[2], m[1]
	}
	if language == "" || language == "?" {
		language = c.attr("language", "lang", "type", "mark")
		if language == "" {
			language = c.arg()
		}
	}
	escaped := strings.Contains(flags, "e") || c.attr("escaped") == "true"
	code := entities.Replace(strings.Trim(characters(c.inner, escaped), "\n"))
	if strings.Contains(flags, "i") || c.attr("inline") == "true" {
		return "<code>" + code + "</code>"
	}
	return codeBlock(code, language, c.attr("title"))
}

// codeBlock returns a block of code, which is HTML, under the title that its author gave it.
func codeBlock(code, language, title string) string {
	class := ""
	if language != "" {
		class = ` class="language-` + html.EscapeString(language) + `"`
	}
	if title != "" {
		title = "<p>" + html.EscapeString(html.UnescapeString(title)) + "</p>\n"
	}
	return title + "<pre" + class + "><code>" + code + "</code></pre>\n"
}
