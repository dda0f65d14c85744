package proof

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/regex"
)

// A shortcode stands in a page by its number between two marks while Markdown is read, as
// it does while the generators read it. In Unicode both are no characters.
const (
	callMark = "\uFDD0"
	callEnd  = "\uFDD1"
)

var (
	zolaCall = regex.Lazy(`(?s)\{[{%](?:/\*)?\s*([A-Za-z_]\w*\s*\(.*?\)|end)\s*(?:\*/)?[}%]\}`)
	uncalled = strings.NewReplacer("/*", "", "*/", "")
)

// expand returns a page as it is before its Markdown is read: shortcodes by number, and
// those that are only shown as they show.
func (p *page) expand(page []byte) []byte {
	if !bytes.Contains(page, []byte("{{")) && !bytes.Contains(page, []byte("{%")) {
		return page
	}
	find, shows := findHugoCall, hugoShows
	if p.style.Generator == Zola {
		find, shows = zolaCall().FindSubmatchIndex, zolaShows
	}
	expanded := slices.Grow(p.by.expanded[:0], len(page))
	for at := find(page); at != nil; at = find(page) {
		expanded = append(expanded, page[:at[0]]...)
		shown, isCall := shows(string(page[at[0]:at[1]]), strings.TrimSpace(string(page[at[2]:at[3]])))
		if isCall {
			p.calls = append(p.calls, shown)
			shown = callMark + strconv.Itoa(len(p.calls)-1) + callEnd
		}
		expanded = append(expanded, shown...)
		page = page[at[1]:]
	}
	expanded = append(expanded, page...)
	if p.by.expanded = expanded; len(expanded) > expandedMost {
		p.by.expanded = nil
	}
	return expanded
}

// expandedMost is how long a page may be whose memory is kept for others.
const expandedMost = 1 << 18

// findHugoCall returns where the first shortcode of Hugo stands, and what is between its
// marks. A regular expression would take a fifth of all the time to read a page.
func findHugoCall(page []byte) []int {
	const mark = len("{{<")
	for from := 0; ; from++ {
		at := bytes.Index(page[from:], []byte("{{"))
		if at < 0 {
			return nil
		}
		from += at
		if from+2 == len(page) || page[from+2] != '<' && page[from+2] != '%' {
			continue
		}
		for to := from + mark; ; to++ {
			at := bytes.Index(page[to:], []byte("}}"))
			if at < 0 {
				return nil
			}
			if to += at; to > from+mark && (page[to-1] == '>' || page[to-1] == '%') {
				return []int{from, to + 2, from + mark, to - 1}
			}
		}
	}
}

// hugoShows returns what a shortcode of Hugo shows: a comment inside makes it text
// (https://gohugo.io/content-management/shortcodes/#escaping), and replant's own empty
// one, which keeps marks in code apart, is nothing.
func hugoShows(all, inner string) (text string, call bool) {
	if strings.HasPrefix(inner, "/*") && strings.HasSuffix(inner[2:], "*/") {
		const mark = len("{{<")
		return all[:mark] + inner[2:len(inner)-2] + all[len(all)-mark:], false
	}
	if strings.TrimSpace(strings.TrimPrefix(inner, "/")) == "x.inline" {
		return "", false
	}
	return inner, true
}

// zolaShows returns what a shortcode of Zola shows; marks of a comment make it text
// (https://www.getzola.org/documentation/content/shortcodes/).
func zolaShows(all, inner string) (text string, call bool) {
	if strings.HasPrefix(all[len("{{"):], "/*") {
		return uncalled.Replace(all), false
	}
	return inner, true
}

// addExpanded adds a text, as nodes of a type, and what the shortcodes in it show.
func (p *page) addExpanded(parent *html.Node, as html.NodeType, s string) {
	const longest = len("999999999" + callEnd)
	for len(p.calls) > 0 {
		before, rest, marked := strings.Cut(s, callMark)
		if !marked {
			break
		}
		p.addText(parent, as, before)
		s = rest // a mark without a shortcode shows nothing
		number, _, ended := strings.Cut(rest[:min(len(rest), longest)], callEnd)
		if i, err := strconv.Atoi(number); ended && err == nil && 0 <= i && i < len(p.calls) {
			parent.AppendChild(p.call(p.calls[i]))
			s = rest[len(number)+len(callEnd):]
		}
	}
	p.addText(parent, as, s)
}

func (p *page) addText(parent *html.Node, as html.NodeType, s string) {
	if s != "" {
		n := p.by.nodes.next()
		n.Type, n.Data = as, s
		parent.AppendChild(n)
	}
}

// call returns what a shortcode shows: a picture, the line that unfolds details, or an embed.
func (p *page) call(call string) *html.Node {
	name, given, _ := strings.Cut(call, " ")
	switch {
	case p.style.Generator != Hugo:
	case name == "figure" && given != "":
		return p.figure(parametersOf(given))
	case name == "video-file", name == "audio-file":
		f := parametersOf(given)
		return p.addElement(nil, name[:len("video")], attr("src", f.value("src")), attr("poster", f.value("poster")), attr("title", f.value("title")))
	case name == "picture-grid":
		p.caption = parametersOf(given).value("caption")
		return p.addElement(nil, "span")
	case call == "/picture-grid" && p.caption != "":
		return p.inner("figcaption", p.caption)
	case name == "details":
		return p.inner("summary", parametersOf(given).value("summary"))
	case call == "/details", call == "/picture-grid":
		return p.addElement(nil, "span")
	}
	return p.addElement(nil, "replant-embed", attr("url", p.embed(call)))
}

// parameters are those of a shortcode that have names, in its order.
type parameters []parameter

type parameter struct{ name, value string }

// value returns the parameter of a name: the last of several.
func (all parameters) value(name string) string {
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].name == name {
			return all[i].value
		}
	}
	return ""
}

// parametersOf reads the named parameters of a shortcode: name="value", or with backquotes.
func parametersOf(given string) (all parameters) {
	rest := given
	for i := strings.IndexByte(rest, '='); i >= 0; i = strings.IndexByte(rest, '=') {
		name := rest[wordStart(rest[:i]):i]
		rest = rest[i+1:]
		if name == "" || rest == "" || rest[0] != '"' && rest[0] != '`' {
			continue
		}
		if end := strings.IndexByte(rest[1:], rest[0]); end >= 0 {
			all = append(all, parameter{name, rest[1 : 1+end]})
			rest = rest[1+end+1:]
		}
	}
	return all
}

// wordStart returns where the word of ASCII begins that a text ends in.
func wordStart(s string) int {
	i := len(s)
	for i > 0 && (alnum[s[i-1]] || s[i-1] == '_') {
		i--
	}
	return i
}

// figure returns what Hugo's figure shows (https://gohugo.io/shortcodes/figure/).
func (p *page) figure(f parameters) *html.Node {
	figure := p.addElement(nil, "figure")
	parent := figure
	if f.value("link") != "" {
		parent = p.addAnchor(figure, f.value("link"))
	}
	p.addElement(parent, "img", attr("src", f.value("src")), attr("alt", f.value("alt")))
	if f.value("caption") != "" {
		figure.AppendChild(p.inner("figcaption", f.value("caption")))
	}
	return figure
}

// inner returns an element that holds what a shortcode reads as Markdown: one paragraph.
func (p *page) inner(tag, markdown string) *html.Node {
	n := p.addElement(nil, tag)
	if markdown == "" {
		return n
	}
	if !p.style.HTML && isLine(markdown) {
		p.addText(p.addElement(n, "p"), html.TextNode, markdown)
		return n
	}
	inner := page{by: p.by, style: p.style, embed: p.embed}
	inner.read([]byte(markdown))
	with := p.by.markdown
	if inner.mayLink(markdown) {
		with = p.by.linking
	}
	body := inner.render(with)
	p.mixed = p.mixed || inner.mixed
	for c := body.FirstChild; c != nil; c = body.FirstChild {
		body.RemoveChild(c)
		n.AppendChild(c)
	}
	return n
}

// isLine reports whether Markdown is a line of text and nothing else.
func isLine(markdown string) bool {
	for i := range len(markdown) {
		if c := markdown[i]; !alnum[c] && (i == 0 || c != ' ' && c != ',') {
			return false
		}
	}
	first, last := markdown[0], markdown[len(markdown)-1]
	return (first < '0' || first > '9') && last != ' '
}

// called returns the embed of the post that a shortcode names, else the shortcode itself.
func (p *Prover) called(call string) string {
	words := strings.FieldsFunc(call, func(c rune) bool { return strings.ContainsRune(" \t\n\"'`=(),<>{}%", c) })
	for _, w := range words[min(1, len(words)):] {
		for _, name := range []string{words[0] + " " + w, address(w)} {
			if key, ok := p.embeds[name]; ok {
				return key
			}
		}
	}
	return call
}
