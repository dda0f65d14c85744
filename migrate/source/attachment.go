package source

import (
	"cmp"
	"net/url"
	"path"
	"slices"
	"strings"

	ext "github.com/mmcdole/gofeed/extensions"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
	"replant/migrate/feedscan"
)

// attachment is a file that a feed attaches to a post, such as a podcast's episode.
type attachment struct {
	addr *url.URL
	as   atom.Atom // Audio, Video, Img, A for any other file, Iframe for a player's page
	text string    // what the feed says of it
}

// attachments returns the files that are attached to an item: RSS's enclosures, Atom's links of
// that kind, JSON Feed's attachments, and those of Media RSS.
func attachments(e *feedscan.Entry, base, cover *url.URL) []attachment {
	files := append(enclosed(e, base), outOfLine(e, base)...)
	pictures := picturesBeside(files, cover)
	files = slices.DeleteFunc(files, func(a attachment) bool { return a.as == atom.Img })
	return slices.Concat(files, media(e, base, slices.ContainsFunc(files, attachment.plays)), pictures)
}

// plays reports whether the file is a recording.
func (a attachment) plays() bool { return a.as == atom.Audio || a.as == atom.Video }

// outOfLine returns the picture or the recording that is an Atom entry's content by its address
// (RFC 4287, section 4.1.3.2).
func outOfLine(e *feedscan.Entry, base *url.URL) []attachment {
	if e.Atom == nil || e.Atom.Content == nil || e.Atom.Content.Src == "" {
		return nil
	}
	u, as := blog.Resolve(base, e.Atom.Content.Src), elementFor(e.Atom.Content.Type, e.Atom.Content.Src)
	if u == nil || as == 0 {
		return nil
	}
	return []attachment{{addr: u, as: as}}
}

// enclosed returns the files that the feed's own format attaches.
func enclosed(e *feedscan.Entry, base *url.URL) (all []attachment) {
	for n, x := range e.Enclosures {
		if x == nil {
			continue
		}
		u, as := blog.Resolve(base, x.URL), elementFor(x.Type, x.URL)
		if u == nil || as == 0 {
			continue
		}
		a := attachment{addr: u, as: as}
		if e.JSON != nil && e.JSON.Attachments != nil && n < len(*e.JSON.Attachments) {
			a.text = blog.PlainTitle((*e.JSON.Attachments)[n].Title)
		}
		all = append(all, a)
	}
	return all
}

// picturesBeside returns the pictures among files but the one that is the post's cover. A single
// one beside another cover is that one in another size.
func picturesBeside(files []attachment, cover *url.URL) (pictures []attachment) {
	for _, a := range files {
		if a.as == atom.Img {
			pictures = append(pictures, a)
		}
	}
	if cover == nil {
		return pictures
	}
	if len(pictures) == 1 {
		return nil
	}
	return slices.DeleteFunc(pictures, func(a attachment) bool {
		return bareAddress(a.addr.String()) == bareAddress(cover.String())
	})
}

// elementFor returns the element that shows a file, by its media type, else by its name; 0 for what
// no browser shows any more, and for a page.
func elementFor(mediaType, addr string) atom.Atom {
	if as := playerFor(mediaType, addr); as != 0 {
		return as
	}
	mediaType = strings.ToLower(mediaType)
	name, _, _ := strings.Cut(addr, "?")
	switch ext := strings.ToLower(path.Ext(name)); {
	case strings.HasPrefix(mediaType, "image/"):
		return atom.Img
	case strings.HasPrefix(mediaType, "text/html"), strings.Contains(mediaType, "flash"), ext == ".swf":
		return 0
	case slices.Contains([]string{".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"}, ext):
		return atom.Img
	case ext == "" && mediaType == "":
		return 0
	}
	return atom.A
}

// media returns the files of Media RSS (https://www.rssboard.org/media-rss): pictures whose
// platform shows them nowhere else, and unless an enclosure is the recording already, sound and
// films, of a group of copies the best one.
func media(e *feedscan.Entry, base *url.URL, recorded bool) (all []attachment) {
	space := e.Extensions["media"]
	if shownApart(e) {
		for _, c := range space["content"] {
			if u := blog.Resolve(base, c.Attrs["url"]); u != nil && isPicture(c) {
				all = append(all, attachment{u, atom.Img, childText(c.Children, "description")})
			}
		}
	}
	if recorded {
		return all
	}
	contents := space["content"]
	for _, g := range space["group"] {
		contents = append(slices.Clip(contents), bestOf(g.Children["content"])...)
	}
	for _, c := range contents {
		addr := c.Attrs["url"]
		u := blog.Resolve(base, addr)
		if u == nil || isPicture(c) {
			continue
		}
		if as := playerFor(cmp.Or(c.Attrs["type"], c.Attrs["medium"]), addr); as != 0 {
			all = append(all, attachment{u, as, childText(c.Children, "description")})
		} else if x := clean.EmbedAt(addr); x != nil && x.Kind != "link" {
			all = append(all, attachment{addr: u, as: atom.Iframe})
		}
	}
	return all
}

// shownApart reports whether an item's pictures stand in Media RSS alone: Mastodon's do. Elsewhere
// they are those of the text, in other sizes, or its cover.
func shownApart(e *feedscan.Entry) bool {
	return e.Head != nil && strings.HasPrefix(e.Head.Generator, "Mastodon")
}

func isPicture(c ext.Extension) bool {
	return c.Attrs["medium"] == "image" || strings.HasPrefix(c.Attrs["type"], "image/")
}

// bestOf returns the copy of a recording that its feed prefers, else the highest one.
func bestOf(copies []ext.Extension) []ext.Extension {
	if len(copies) == 0 {
		return nil
	}
	rank := func(c ext.Extension) int {
		if c.Attrs["isDefault"] == "true" {
			return 1 << 30
		}
		return leadingNumber(c.Attrs["height"])
	}
	return []ext.Extension{slices.MaxFunc(copies, func(a, b ext.Extension) int { return cmp.Compare(rank(a), rank(b)) })}
}

// leadingNumber returns the decimal number that a text begins with.
func leadingNumber(text string) (n int) {
	for _, c := range text {
		if c < '0' || c > '9' || n > 1<<20 {
			break
		}
		n = 10*n + int(c-'0')
	}
	return n
}

// described returns what Media RSS says of an item, as HTML: YouTube's feeds have no other text.
func described(e *feedscan.Entry) string {
	space := e.Extensions["media"]
	texts := space["description"]
	for _, g := range space["group"] {
		texts = append(slices.Clip(texts), g.Children["description"]...)
	}
	for _, t := range texts {
		switch {
		case blog.IsBlank(t.Value):
		case t.Attrs["type"] == "html":
			return t.Value
		default:
			return clean.Paragraphs(t.Value)
		}
	}
	return ""
}

func childText(children map[string][]ext.Extension, name string) string {
	if x := children[name]; len(x) > 0 {
		return strings.Join(strings.Fields(x[0].Value), " ")
	}
	return ""
}

// playerFor returns the element that plays a file, by its media type, else by its name; 0
// for what is neither audio nor video.
func playerFor(mediaType, addr string) atom.Atom {
	kind, _, _ := strings.Cut(strings.ToLower(mediaType), "/")
	addr, _, _ = strings.Cut(addr, "?")
	switch ext := strings.ToLower(path.Ext(addr)); {
	case kind == "audio", kind != "video" && (ext == ".mp3" || ext == ".m4a" || ext == ".ogg" || ext == ".opus"):
		return atom.Audio
	case kind == "video", ext == ".mp4", ext == ".webm", ext == ".mov", ext == ".m4v":
		return atom.Video
	}
	return 0
}

// attach puts what is attached to a post behind its text, a player's page before it, but for
// what the text shows or links itself.
func (i *Item) attach(body *html.Node) {
	if len(i.attached) == 0 {
		return
	}
	shown, pictures := map[string]bool{}, 0
	note := func(addr string) { shown[bareAddress(addr)], shown[addr] = true, true }
	for n := range dom.Below(body) {
		for _, key := range []string{"src", "href", "url"} {
			addr := dom.Attr(n, key)
			note(addr)
			if u := blog.ParseURL(addr); u != nil && key == "src" && n.DataAtom == atom.Img {
				pictures++
				note(i.best(u).String())
			}
		}
	}
	files := i.attached
	if pictures > 0 {
		files = withoutLonePicture(files) // which is one of the text's in another size (Flickr)
	}
	for _, a := range files {
		addr := a.addr.String()
		if a.as == atom.Img {
			addr = i.best(a.addr).String()
		}
		if !shown[nameOf(a, addr)] {
			note(addr)
			place(body, a)
		}
	}
}

// withoutLonePicture returns files without their picture where they have but one.
func withoutLonePicture(files []attachment) []attachment {
	isPicture := func(a attachment) bool { return a.as == atom.Img }
	first := slices.IndexFunc(files, isPicture)
	if first < 0 || slices.ContainsFunc(files[first+1:], isPicture) {
		return files
	}
	return slices.Delete(slices.Clone(files), first, first+1)
}

// nameOf returns what an attached file is known by: its address as [bareAddress] has it, unless a
// program gives out many files at one.
func nameOf(a attachment, addr string) string {
	if a.plays() || path.Ext(a.addr.Path) != "" && !program().MatchString(a.addr.Path) {
		return bareAddress(addr)
	}
	return addr
}

// best returns the best address that a picture may have.
func (i *Item) best(picture *url.URL) *url.URL {
	if all := i.Original(picture); len(all) > 0 {
		return all[0]
	}
	return picture
}

// place puts an attachment into a body.
func place(body *html.Node, a attachment) {
	addr := a.addr.String()
	switch a.as {
	case atom.Iframe:
		body.InsertBefore(clean.EmbedAt(addr).Node(), body.FirstChild)
	case atom.Img:
		n := dom.Elem(atom.Img)
		dom.SetAttr(n, "src", addr)
		dom.SetAttr(n, "alt", a.text)
		body.AppendChild(dom.Elem(atom.P, n))
	case atom.A:
		n := dom.Elem(atom.A, dom.TextNode(cmp.Or(a.text, blog.Unescaped(path.Base(a.addr.EscapedPath())))))
		dom.SetAttr(n, "href", addr)
		body.AppendChild(dom.Elem(atom.P, n))
	default:
		n := dom.Elem(a.as)
		dom.SetAttr(n, "src", addr)
		dom.SetAttr(n, "aria-label", cmp.Or(a.text, "▶")) // no word of ours among the author's
		body.AppendChild(n)
	}
}

// bareAddress is an address without what platforms append to count downloads.
func bareAddress(addr string) string {
	addr, _, _ = strings.Cut(addr, "?")
	_, addr, _ = strings.Cut(addr, "://")
	return addr
}
