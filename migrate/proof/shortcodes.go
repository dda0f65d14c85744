package proof

import (
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
	named    = regex.Lazy("(\\w+)=(?:\"([^\"]*)\"|`([^`]*)`)")
	uncalled = strings.NewReplacer("/*", "", "*/", "")
)

// expand returns a page as it is before its Markdown is read: shortcodes by number, and
// those that are only shown as they show.
func (p *page) expand(page string) string {
	if !strings.Contains(page, "{{") && !strings.Contains(page, "{%") {
		return page
	}
	find, shows := findHugoCall, hugoShows
	if p.style.Generator == Zola {
		find, shows = zolaCall().FindStringSubmatchIndex, zolaShows
	}
	var b strings.Builder
	for at := find(page); at != nil; at = find(page) {
		b.WriteString(page[:at[0]])
		shown, isCall := shows(page[at[0]:at[1]], strings.TrimSpace(page[at[2]:at[3]]))
		if isCall {
			p.calls = append(p.calls, shown)
			shown = callMark + strconv.Itoa(len(p.calls)-1) + callEnd
		}
		b.WriteString(shown)
		page = page[at[1]:]
	}
	b.WriteString(page)
	return b.String()
}

// findHugoCall returns where the first shortcode of Hugo stands, and what is between its
// marks. A regular expression would take a fifth of all the time to read a page.
func findHugoCall(page string) []int {
	const mark = len("{{<")
	for from := 0; ; from++ {
		at := strings.Index(page[from:], "{{")
		if at < 0 {
			return nil
		}
		if from += at; !strings.HasPrefix(page[from+2:], "<") && !strings.HasPrefix(page[from+2:], "%") {
			continue
		}
		for to := from + mark; ; to++ {
			at := strings.Index(page[to:], "}}")
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
		n := p.newNode()
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
		return p.figure(parameters(given))
	case name == "video-file", name == "audio-file":
		f := parameters(given)
		return p.addElement(nil, name[:len("video")], attr("src", f["src"]), attr("poster", f["poster"]), attr("title", f["title"]))
	case name == "picture-grid":
		p.caption = parameters(given)["caption"]
		return p.addElement(nil, "span")
	case call == "/picture-grid" && p.caption != "":
		return p.inner("figcaption", p.caption)
	case name == "details":
		return p.inner("summary", parameters(given)["summary"])
	case call == "/details", call == "/picture-grid":
		return p.addElement(nil, "span")
	}
	return p.addElement(nil, "replant-embed", attr("url", p.embed(call)))
}

// parameters returns the named parameters of a shortcode.
func parameters(given string) map[string]string {
	f := map[string]string{}
	for _, m := range named().FindAllStringSubmatch(given, -1) {
		f[m[1]] = m[2] + m[3]
	}
	return f
}

// figure returns what Hugo's figure shows (https://gohugo.io/shortcodes/figure/).
func (p *page) figure(f map[string]string) *html.Node {
	figure := p.addElement(nil, "figure")
	parent := figure
	if f["link"] != "" {
		parent = p.addAnchor(figure, f["link"])
	}
	p.addElement(parent, "img", attr("src", f["src"]), attr("alt", f["alt"]))
	if f["caption"] != "" {
		figure.AppendChild(p.inner("figcaption", f["caption"]))
	}
	return figure
}

// inner returns an element that holds what a shortcode reads as Markdown: one paragraph.
func (p *page) inner(tag, markdown string) *html.Node {
	n := p.addElement(nil, tag)
	if markdown == "" {
		return n
	}
	inner := page{style: p.style, escapes: p.escapes, embed: p.embed, nested: p.nested, text: markdown, source: []byte(markdown)}
	body := inner.render(p.nested)
	p.mixed = p.mixed || inner.mixed
	for c := body.FirstChild; c != nil; c = body.FirstChild {
		body.RemoveChild(c)
		n.AppendChild(c)
	}
	return n
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
