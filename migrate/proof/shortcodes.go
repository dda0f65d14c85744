package proof

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// A shortcode stands in a page by its number between two marks while Markdown is read, as
// it does while the generators read it. Unicode gives both to nobody.
const (
	callMark = "\uFDD0"
	callEnd  = "\uFDD1"
)

var (
	zolaCall = regexp.MustCompile(`(?s)\{([{%])(/\*)?\s*([A-Za-z_]\w*\s*\(.*?\)|end)\s*(?:\*/)?[}%]\}`)
	named    = regexp.MustCompile("(\\w+)=(?:\"([^\"]*)\"|`([^`]*)`)")
)

// expand returns a page as it is before its Markdown is read: shortcodes by number, and
// those that are only shown as they show.
func (p *pages) expand(page string) string {
	if !strings.Contains(page, "{{") && !strings.Contains(page, "{%") {
		return page
	}
	find := findHugoCall
	if p.style.Generator == Zola {
		find = findZolaCall
	}
	var b strings.Builder
	for {
		c, ok := find(page)
		if !ok {
			break
		}
		b.WriteString(page[:c.from])
		if c.shown {
			b.WriteString(c.text)
		} else {
			p.calls = append(p.calls, c.text)
			b.WriteString(callMark + strconv.Itoa(len(p.calls)-1) + callEnd)
		}
		page = page[c.to:]
	}
	if b.Len() == 0 {
		return page
	}
	b.WriteString(page)
	return b.String()
}

// shortcode is a call of one in a text.
type shortcode struct {
	from, to int
	text     string // between its marks
	shown    bool   // it is no call: the text stands there
}

// findHugoCall finds the first shortcode of Hugo. A comment inside makes it text
// (https://gohugo.io/content-management/shortcodes/#escaping), and replant's own empty
// one, which keeps marks in code apart, is nothing.
func findHugoCall(page string) (c shortcode, ok bool) {
	for {
		at := strings.Index(page[c.from:], "{{")
		if at < 0 {
			return c, false
		}
		if c.from += at; strings.HasPrefix(page[c.from+2:], "<") || strings.HasPrefix(page[c.from+2:], "%") {
			break
		}
		c.from++
	}
	const mark = len("{{<")
	for c.to = c.from + mark; ; c.to++ {
		at := strings.Index(page[c.to:], "}}")
		if at < 0 {
			return c, false
		}
		if c.to += at; c.to > c.from+mark && (page[c.to-1] == '>' || page[c.to-1] == '%') {
			break
		}
	}
	c.text = strings.TrimSpace(page[c.from+mark : c.to-1])
	c.to += len("}}")
	if inner, open := strings.CutPrefix(c.text, "/*"); open {
		if inner, closed := strings.CutSuffix(inner, "*/"); closed {
			c.text, c.shown = page[c.from:c.from+mark]+inner+page[c.to-mark:c.to], true
		}
	} else if strings.TrimSpace(strings.TrimPrefix(c.text, "/")) == "x.inline" {
		c.text, c.shown = "", true
	}
	return c, true
}

// findZolaCall finds the first shortcode of Zola; marks of a comment make it text
// (https://www.getzola.org/documentation/content/shortcodes/).
func findZolaCall(page string) (c shortcode, ok bool) {
	at := zolaCall.FindStringSubmatchIndex(page)
	if at == nil {
		return c, false
	}
	c = shortcode{from: at[0], to: at[1], text: page[at[6]:at[7]]}
	if at[4] >= 0 {
		c.text, c.shown = strings.NewReplacer("/*", "", "*/", "").Replace(page[at[0]:at[1]]), true
	}
	return c, true
}

// add adds a text, as nodes of a type, and what the shortcodes in it show.
func (p *pages) add(parent *html.Node, as html.NodeType, s string) {
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

func (p *pages) addText(parent *html.Node, as html.NodeType, s string) {
	if s != "" {
		n := p.node()
		n.Type, n.Data = as, s
		parent.AppendChild(n)
	}
}

// call returns what a shortcode shows: a picture, or an embed.
func (p *pages) call(call string) *html.Node {
	given, ok := strings.CutPrefix(call, "figure ")
	if !ok || p.style.Generator != Hugo {
		return p.element(nil, "replant-embed", html.Attribute{Key: "url", Val: p.embed(call)})
	}
	f := map[string]string{}
	for _, m := range named.FindAllStringSubmatch(given, -1) {
		f[m[1]] = m[2] + m[3]
	}
	figure := p.element(nil, "figure")
	parent := figure
	if f["link"] != "" {
		parent = p.anchor(figure, f["link"])
	}
	p.element(parent, "img", html.Attribute{Key: "src", Val: f["src"]}, html.Attribute{Key: "alt", Val: f["alt"]})
	return figure
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
