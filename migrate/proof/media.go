package proof

import (
	"cmp"
	"path"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/dom"
)

// player reads an object, or what is in it where it shows nothing itself.
func (r *reader) player(n *html.Node) {
	addr := mediaAddress(n)
	if addr == "" && n.FirstChild == nil {
		addr = cmp.Or(dom.Attr(n, "id"), dom.Attr(n, "class"))
	}
	if addr == "" {
		r.children(n)
		return
	}
	r.shows(n, addr)
}

// shows reads an element that shows what lies at an address; the page names it, or leads
// to it from the picture that stands for it.
func (r *reader) shows(n *html.Node, addr string) {
	addr = strings.TrimSpace(addr)
	if addr == "" || runs(addr) || strings.HasPrefix(addr, "about:") {
		return
	}
	if poster := strings.TrimSpace(dom.Attr(n, "poster")); n.Data == "video" && poster != "" && !runs(poster) {
		begun := r.leads(addr, "")
		link := int32(r.link)
		if begun {
			r.link = 0
		}
		name := r.note(oneLine(cmp.Or(oneLine(dom.Attr(n, "title")), dom.Attr(n, "aria-label"))))
		r.object(thing{span: r.keep(address(poster)), kind: picture, link: link, extra: name})
		return
	}
	r.embedded(addr, path.Base(addr))
}

func mediaAddress(n *html.Node) string {
	for _, key := range []string{"src", "data", "data-src"} {
		if v := dom.Attr(n, key); v != "" {
			return v
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if v := dom.Attr(c, "src"); v != "" && c.Data == "source" {
			return v
		}
	}
	return ""
}

// customName returns what an empty element of a script's own (HTML, 4.13) says that it
// shows, such as the videoid of a lite-youtube.
func customName(n *html.Node) string {
	if strings.IndexByte(n.Data, '-') < 0 || n.FirstChild != nil {
		return ""
	}
	for _, a := range n.Attr {
		for _, end := range []string{"src", "url", "href", "id"} {
			if a.Key != "id" && a.Val != "" && strings.HasSuffix(a.Key, end) {
				return a.Val
			}
		}
	}
	return ""
}

// embedded adds an embed. The post's is known by any of its names; the page's is the one
// of the post that it names, else itself.
func (r *reader) embedded(addr string, names ...string) {
	key := address(addr)
	for _, name := range append(names, key) {
		switch known, ok := r.embeds[name]; {
		case name == "":
		case !r.page:
			r.embeds[name] = key
		case ok:
			key = known
		}
	}
	r.object(thing{span: r.keep(key), kind: embed})
}

// fold makes a block that is nothing but a link to what the post embeds that embed:
// a page shows it as a link where the generator has no shortcode for it.
func (s *sight) fold(embeds map[string]string) {
	if len(embeds) == 0 {
		return
	}
	kept := s.things[:0]
	for i := 0; i < len(s.things); {
		end := i + 1
		for end < len(s.things) && s.things[end].block == s.things[i].block {
			end++
		}
		all := s.things[i:end]
		i = end
		if key, ok := embeds[s.soleLink(all)]; ok {
			t := all[0]
			t.kind, t.span, t.link, t.is, t.may = embed, s.keep(key), 0, 0, 0
			kept = append(kept, t)
			continue
		}
		kept = append(kept, all...)
	}
	s.things = kept
}

// soleLink returns where the words of a block lead when all are of one link.
func (s *sight) soleLink(all []thing) string {
	for _, t := range all {
		if t.kind != word || t.link == 0 || t.link != all[0].link {
			return ""
		}
	}
	return string(s.of(s.links[all[0].link-1].to))
}
