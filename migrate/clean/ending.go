package clean

import (
	"net/url"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// LastBlock returns the last paragraph of a body that shows anything, be it called one or a
// box of mere words, or nil where the body ends in something else, and for no body. Rules
// behind it do not count.
func LastBlock(body *html.Node) *html.Node {
	for n := body; n != nil; {
		last := n.LastChild
		for last != nil && (last.Type != html.ElementNode && dom.Gap(last) || last.Type == html.ElementNode && (last.DataAtom == atom.Hr || dom.Empty(last))) {
			last = last.PrevSibling
		}
		switch {
		case last == nil:
			return nil
		case dom.Is(last, atom.P):
			return last
		case !dom.IsBlock(last):
			if dom.Is(n, atom.Div) && dom.First(n, dom.IsBlock) == nil {
				return n
			}
			return nil
		}
		n = last
	}
	return nil
}

// RemoveEnd removes a last paragraph, and the rule that parts it from the post.
func RemoveEnd(p *html.Node, why Reason) {
	before := p.PrevSibling
	for before != nil && (dom.Gap(before) || before.Type == html.ElementNode && before.DataAtom != atom.Hr && dom.Empty(before)) {
		before = before.PrevSibling
	}
	if dom.Is(before, atom.Hr) {
		dom.Detach(before)
	}
	Drop(p, why)
}

// farewellMost is how many words a feed needs beside its links to say where a post
// appeared first. The longest seen is Bulgarian and has nine.
const farewellMost = 15

// LastWords returns the last paragraph of a body where it is the feed's and not the
// author's. It is known by its shape, since plug-ins translate its words and their users
// write their own ("The post … appeared first on …."): it leads to the post itself, by the
// post's title or beside a link to the blog, and says little else. Else it is nil.
func LastWords(body *html.Node, p *blog.Post) *html.Node {
	last := LastBlock(body)
	if last == nil || p.URL == nil || dom.First(last, dom.Named(atom.Img)) != nil {
		return nil
	}
	if saysWhere(last, p) {
		return last // whose links another program has taken off
	}
	links := dom.Find(last, dom.Named(atom.A))
	leadsHere := func(a *html.Node) bool { return SamePage(dom.Attr(a, "href"), p.URL) && !dom.Empty(a) }
	if !slices.ContainsFunc(links, leadsHere) {
		return nil
	}
	var titled, home, other bool
	linked := 0
	for _, a := range links {
		linked += len(strings.Fields(dom.Words(a)))
		switch href := dom.Attr(a, "href"); {
		case dom.Empty(a):
		case leadsHere(a):
			title := blog.Letters(dom.Words(a))
			titled = titled || title != "" && strings.EqualFold(title, blog.Letters(p.Title))
		case above(href, p.URL):
			home = true
		default:
			other = true
		}
	}
	if rest := len(strings.Fields(dom.Words(last))) - linked; rest > farewellMost {
		return nil
	}
	if titled || home && !other {
		return last
	}
	return nil
}

// saysWhere reports whether a paragraph says in English, word for word, where a post appeared.
func saysWhere(last *html.Node, p *blog.Post) bool {
	for d := range dom.Below(last) {
		if begins := strings.TrimSpace(d.Data); d.Type == html.TextNode && begins != "" {
			if begins[0] != 'T' {
				return false // as nearly all, whose words need not be joined
			}
			break
		}
	}
	rest, ok := strings.CutPrefix(dom.Words(last), "The post "+blog.OneLine(p.Title)+" appeared first on ")
	return ok && rest != "" && !strings.Contains(rest, ". ")
}

// farewellsMost is how many paragraphs a feed and the programs before it may each have added.
const farewellsMost = 3

// Farewell removes what stands at the end of a post and leads to it on its own site: the last
// words of a feed ([LastWords]), links to read on, and what else says where the post is ("If
// the formatting looks odd, visit the original article"). A post that is nothing else keeps it,
// and so does one of which the feed is known to have the beginning alone.
func Farewell(body *html.Node, p *blog.Post) {
	part := blog.Excerpted(p.Losses)
	for range farewellsMost {
		if last := LastWords(body, p); last != nil {
			RemoveEnd(last, OwnWords)
			continue
		}
		if part || p.URL == nil || !onward(body, p.URL) {
			return
		}
	}
}

// onward removes from the end of a body what leads to the page itself, and reports whether there
// was any: a link to read on, or a last paragraph that says little else.
func onward(body *html.Node, page *url.URL) bool {
	if a := closingLink(body); a != nil && leadsOn(dom.Attr(a, "href"), page) && Continues(dom.Words(a)) && !lonely(a) {
		Drop(a, Onward)
		return true
	}
	if last := LastBlock(body); last != nil && pointsBack(last, page) && !lonely(last) {
		RemoveEnd(last, Onward)
		return true
	}
	return false
}

// pointsBack reports whether a paragraph has links to a page alone, and says little else, in
// one sentence.
func pointsBack(p *html.Node, page *url.URL) bool {
	if dom.First(p, dom.Named(atom.Img)) != nil {
		return false
	}
	linked := 0
	for _, a := range dom.Find(p, dom.Named(atom.A)) {
		if !dom.Empty(a) && (!leadsOn(dom.Attr(a, "href"), page) || blog.Letters(dom.Words(a)) == "") { // ★ is its author's
			return false
		}
		linked += len(strings.Fields(dom.Words(a)))
	}
	if linked == 0 {
		return false
	}
	words := dom.Words(p)
	return len(strings.Fields(words))-linked <= farewellMost && !slices.ContainsFunc([]string{". ", "! ", "? ", "… ", "] "}, func(end string) bool { return strings.Contains(words, end) })
}

// closingLink returns the link that a body ends with, but for signs, or nil.
func closingLink(body *html.Node) *html.Node {
	for n := body; n != nil; {
		last := n.LastChild
		for last != nil && (last.Type == html.TextNode && blog.Letters(last.Data) == "" || last.Type != html.TextNode && (dom.Is(last, atom.Hr) || dom.Is(last, atom.Br) || dom.Empty(last))) {
			last = last.PrevSibling
		}
		if dom.Is(last, atom.A) {
			return last
		}
		n = last
	}
	return nil
}

// leadsOn reports whether an address leads to a page as a whole, to where the feed has cut it, or
// to what readers say of it.
func leadsOn(href string, page *url.URL) bool {
	addr, fragment, _ := strings.Cut(strings.TrimSpace(href), "#")
	return addr != "" && SamePage(href, page) && (fragment == "" || strings.HasPrefix(fragment, "more") || talks[fragment])
}

// talks are the places of a page where readers talk of it.
var talks = blog.WordSet("comments comment respond comment-form disqus_thread replies")

// lonely reports whether nothing but a paragraph is to be seen of the post that it ends.
func lonely(last *html.Node) bool {
	for n := last; n.Parent != nil && !dom.Is(n, atom.Body); n = n.Parent {
		for c := n.PrevSibling; c != nil; c = c.PrevSibling {
			if c.Type == html.TextNode && !blog.IsBlank(c.Data) || c.Type == html.ElementNode && !dom.Empty(c) {
				return false
			}
		}
	}
	return true
}

// goesOn are the ends of texts that continue elsewhere.
var goesOn = []string{
	"[…]", "[...]", "read more", "read the rest", "keep reading", "weiterlesen", "mehr lesen", "lire la suite", "leer más", "seguir leyendo",
	"leggi tutto", "continua a leggere", "ler mais", "continue lendo", "lees verder", "läs mer", "les mer", "czytaj dalej", "читать далее",
	"続きを読む", "阅读全文", "继续阅读", "閱讀更多",
}

// Continues reports whether a text says at its end that it continues elsewhere: "Continue
// reading" has the post's title behind it.
func Continues(text string) bool {
	const reading, titleMost = "continue reading", 120
	const endMost = len(reading) + 4*titleMost
	text = strings.TrimRight(text, " \t\n\f\r»→>.")
	end := strings.ToLower(text[max(0, len(text)-endMost):])
	if slices.ContainsFunc(goesOn, func(s string) bool { return strings.HasSuffix(end, s) }) {
		return true
	}
	at := strings.LastIndex(end, reading)
	return at >= 0 && !strings.ContainsAny(end[at:], ".!?") && utf8.RuneCountInString(end[at+len(reading):]) <= titleMost
}

// endRules removes the rules at the end of a body, which part nothing: the notes that a target
// puts there have their own.
func endRules(body *html.Node) {
	marked := sync.OnceValue(func() map[string]bool { return noteMarks(body) })
	for n := body; n != nil; {
		last := n.LastChild
		for last != nil && endsNothing(last, marked) {
			last = last.PrevSibling
		}
		switch {
		case dom.Is(last, atom.Hr):
			Remove(last, Ending)
		case dom.Is(last, atom.Div), dom.Is(last, atom.Section), dom.Is(last, atom.Article):
			n = last
		default:
			return
		}
	}
}

// noteMarks returns the names of the footnotes that have a mark.
func noteMarks(body *html.Node) map[string]bool {
	marked := map[string]bool{}
	for n := range dom.Below(body) {
		if name, ok := dom.NoteRefOf(n); ok {
			marked[name] = true
		}
	}
	return marked
}

// endsNothing reports whether n shows nothing at the end of a body, or is a note with a mark.
func endsNothing(n *html.Node, marked func() map[string]bool) bool {
	if name, ok := dom.NoteOf(n); ok {
		return marked()[name]
	}
	return n.Type != html.ElementNode && dom.Gap(n) || n.Type == html.ElementNode && n.DataAtom != atom.Hr && dom.Empty(n)
}

// SamePage reports whether an address leads to a page, whatever was added to it.
func SamePage(href string, page *url.URL) bool {
	u := blog.ParseURL(href)
	if u == nil {
		return false
	}
	u = page.ResolveReference(u)
	return sameSite(u, page) && strings.TrimRight(u.EscapedPath(), "/") == strings.TrimRight(page.EscapedPath(), "/")
}

// above reports whether an address leads to the front of what a page lies in: its site, or
// a folder of it.
func above(href string, page *url.URL) bool {
	u := blog.ParseURL(href)
	if u == nil {
		return false
	}
	u = page.ResolveReference(u)
	return sameSite(u, page) && strings.HasPrefix(page.EscapedPath(), strings.TrimRight(u.EscapedPath(), "/")+"/") && u.RawQuery == ""
}

func sameSite(a, b *url.URL) bool {
	return strings.EqualFold(strings.TrimPrefix(a.Host, "www."), strings.TrimPrefix(b.Host, "www."))
}
