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
	hugoCall = regexp.MustCompile(`(?s)\{\{([<%])(.*?)([>%])\}\}`)
	zolaCall = regexp.MustCompile(`(?s)\{([{%])(/\*)?\s*([A-Za-z_]\w*\s*\(.*?\)|end)\s*(?:\*/)?[}%]\}`)
	named    = regexp.MustCompile("(\\w+)=(?:\"([^\"]*)\"|`([^`]*)`)")
)

// expand returns a page as it is before its Markdown is read: shortcodes by number, and
// those that are only shown as they show.
func (p *pages) expand(page string) string {
	call, shows, marks := hugoCall, hugoShows, [2]string{"{{<", "{{%"}
	if p.style.Generator == Zola {
		call, shows, marks = zolaCall, zolaShows, [2]string{"{{", "{%"}
	}
	if !strings.Contains(page, marks[0]) && !strings.Contains(page, marks[1]) {
		return page
	}
	return call.ReplaceAllStringFunc(page, func(s string) string {
		shown, isCall := shows(call.FindStringSubmatch(s))
		if !isCall {
			return shown
		}
		p.calls = append(p.calls, shown)
		return callMark + strconv.Itoa(len(p.calls)-1) + callEnd
	})
}

// add adds a text, as nodes of a type, and what the shortcodes in it show.
func (p *pages) add(parent *html.Node, as html.NodeType, s string) {
	for len(p.calls) > 0 {
		before, rest, _ := strings.Cut(s, callMark)
		number, behind, ok := strings.Cut(rest, callEnd)
		i, err := strconv.Atoi(number)
		if !ok || err != nil || i >= len(p.calls) {
			break
		}
		addText(parent, as, before)
		parent.AppendChild(p.call(p.calls[i]))
		s = behind
	}
	addText(parent, as, s)
}

func addText(parent *html.Node, as html.NodeType, s string) {
	if s != "" {
		parent.AppendChild(&html.Node{Type: as, Data: s})
	}
}

// call returns what a shortcode shows: a picture, or an embed.
func (p *pages) call(call string) *html.Node {
	given, ok := strings.CutPrefix(call, "figure ")
	if !ok || p.style.Generator != Hugo {
		return element(nil, "replant-embed", html.Attribute{Key: "url", Val: p.embed(call)})
	}
	f := map[string]string{}
	for _, m := range named.FindAllStringSubmatch(given, -1) {
		f[m[1]] = m[2] + m[3]
	}
	figure := element(nil, "figure")
	parent := figure
	if f["link"] != "" {
		parent = p.anchor(figure, f["link"])
	}
	element(parent, "img", html.Attribute{Key: "src", Val: f["src"]}, html.Attribute{Key: "alt", Val: f["alt"]})
	return figure
}

// hugoShows returns what a shortcode of Hugo shows: a comment inside makes it text
// (https://gohugo.io/content-management/shortcodes/#escaping), and replant's own
// empty one, which keeps marks in code apart, is nothing.
func hugoShows(m []string) (text string, call bool) {
	inner := strings.TrimSpace(m[2])
	if shown, ok := strings.CutPrefix(inner, "/*"); ok {
		if shown, ok = strings.CutSuffix(shown, "*/"); ok {
			return "{{" + m[1] + shown + m[3] + "}}", false
		}
	}
	if name := strings.TrimSpace(strings.TrimPrefix(inner, "/")); name == "x.inline" {
		return "", false
	}
	return inner, true
}

// zolaShows returns what a shortcode of Zola shows; marks of a comment make it text
// (https://www.getzola.org/documentation/content/shortcodes/).
func zolaShows(m []string) (text string, call bool) {
	if m[2] != "" {
		return strings.NewReplacer("/*", "", "*/", "").Replace(m[0]), false
	}
	return m[3], true
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
