package source

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
	"replant/migrate/regex"
)

// substackPost makes a titled link of the card of another post.
func substackPost(n *html.Node, d substackData) []*html.Node {
	return linkTo(cmp.Or(d.URL, d.Canonical, lastOf(dom.Hrefs(n))), cmp.Or(d.Title, dom.WordsOf(n, dom.Class("embedded-post-title"))))
}

// substackTweet quotes a tweet: as the box shows it, else as its data say.
func substackTweet(n *html.Node, d substackData) (blocks []*html.Node) {
	switch {
	case !dom.Empty(n):
		blocks = quote(n)
	case d.Text != "":
		blocks = said(d.Text, d.Name, d.User)
	}
	for _, photo := range d.Photos {
		if dom.First(n, dom.Named(atom.Img)) == nil {
			blocks = append(blocks, picture(photo.Image, ""))
		}
	}
	if e := clean.EmbedAt(d.URL); e != nil {
		blocks = quoting(blocks, dom.Embed{Kind: e.Kind, ID: e.ID, URL: e.URL})
	}
	return blocks
}

// said quotes what someone said, which may hold the markup of links.
func said(words, name, user string) []*html.Node {
	q := dom.Elem(atom.Blockquote)
	for _, line := range strings.Split(dom.Text(clean.Fragment(words)), "\n") {
		if line = blog.OneLine(line); line != "" {
			q.AppendChild(dom.Elem(atom.P, dom.TextNode(line)))
		}
	}
	if user != "" {
		name = blog.OneLine(name + " (@" + user + ")")
	}
	if name = blog.OneLine(name); name != "" {
		q.AppendChild(dom.Elem(atom.P, dom.TextNode("— "+name)))
	}
	return []*html.Node{q}
}

// substackComment quotes a comment or a note.
func substackComment(_ *html.Node, d substackData) []*html.Node {
	if d.Comment.Body == "" {
		return nil
	}
	return said(d.Comment.Body, d.Comment.Name, "")
}

func substackInstagram(_ *html.Node, d substackData) []*html.Node {
	if d.Instagram == "" {
		return nil
	}
	return []*html.Node{clean.ThingAt(&url.URL{Scheme: "https", Host: "www.instagram.com", Path: "/p/" + d.Instagram + "/"}).Node()}
}

// substackFrame fills a box whose frame the feed left out.
func substackFrame(n *html.Node, d substackData) []*html.Node {
	if dom.First(n, dom.Named(atom.Iframe)) != nil {
		return nil
	}
	addr := d.URL
	switch {
	case d.Video != "" && dom.HasClass(n, "youtube-wrap"):
		addr = "https://www.youtube.com/watch?v=" + url.QueryEscape(d.Video)
	case d.Video != "" && dom.HasClass(n, "vimeo-wrap"):
		addr = "https://vimeo.com/" + url.PathEscape(d.Video)
	}
	u := blog.Resolve(nil, addr)
	if u == nil {
		return nil
	}
	return []*html.Node{clean.ThingAt(u).Node()}
}

// substackChart shows a chart as the picture that Datawrapper keeps of it, with a link
// to the chart itself.
func substackChart(_ *html.Node, d substackData) []*html.Node {
	if blog.Resolve(nil, d.URL) == nil || blog.Resolve(nil, d.Thumbnail) == nil {
		return nil
	}
	return append([]*html.Node{picture(d.Thumbnail, d.Title)}, linkTo(d.URL, d.Title)...)
}

// substackFile makes a titled link of the card of a file.
func substackFile(n *html.Node, _ substackData) []*html.Node {
	name, about := dom.WordsOf(n, dom.Class("file-embed-details-h1")), dom.WordsOf(n, dom.Class("file-embed-details-h2"))
	if about != "" {
		name += " (" + about + ")"
	}
	return linkTo(lastOf(dom.Hrefs(n)), name)
}

func substackGallery(n *html.Node, d substackData) (blocks []*html.Node) {
	if dom.First(n, dom.Named(atom.Img)) != nil {
		return nil
	}
	for _, i := range d.Gallery.Images {
		blocks = append(blocks, picture(i.Src, ""))
	}
	if len(blocks) == 0 {
		return nil
	}
	box := blocks[0]
	if len(blocks) > 1 {
		box = dom.Elem(atom.Figure, blocks...)
		dom.SetAttr(box, "class", "image-gallery-embed")
	}
	if caption := blog.OneLine(d.Gallery.Caption); caption != "" {
		box.AppendChild(dom.Elem(atom.Figcaption, dom.TextNode(caption)))
	}
	return []*html.Node{box}
}

func substackPicture(n *html.Node, d substackData) []*html.Node {
	if d.Src == "" || dom.First(n, dom.Named(atom.Img)) != nil {
		return nil
	}
	return []*html.Node{picture(d.Src, d.Title)}
}

// substackRecording shows a recording by the address that Substack's own player asks
// for it; its frame, or the recording itself, may stand in the box already.
func substackRecording(n *html.Node, d substackData, tag atom.Atom, kind string) []*html.Node {
	if !dom.Empty(n) || !uploadID().MatchString(d.Upload) {
		return nil
	}
	media := dom.Elem(tag)
	dom.SetAttr(media, "src", "https://api.substack.com/api/v1/"+kind+"/upload/"+d.Upload+"/src")
	if label := blog.OneLine(d.Label); label != "" {
		dom.SetAttr(media, "title", label)
	}
	return []*html.Node{media}
}

var uploadID = regex.Lazy(`^[\w-]+$`)

// substackCode says the language where only the box does.
func substackCode(n *html.Node, d substackData) {
	if code := dom.First(n, dom.Named(atom.Code)); code != nil && dom.Attr(code, "class") == "" && clean.LanguageName().MatchString(d.Language) {
		dom.SetAttr(code, "class", "language-"+d.Language)
	}
}

// substackData is what a box says of itself in its data-attrs, as far as it is used.
type substackData struct {
	URL       string `json:"url"`
	Canonical string `json:"canonical_url"`
	Base      string `json:"base_url"` // of a publication
	Title     string `json:"title"`
	Name      string `json:"name"`
	Label     string `json:"label"`
	Language  string `json:"language"`
	TeX       string `json:"persistentExpression"`
	Text      string `json:"full_text"` // of a tweet
	User      string `json:"username"`
	Video     string `json:"videoId"`
	Upload    string `json:"mediaUploadId"`
	Instagram string `json:"instagram_id"`
	Thumbnail string `json:"thumbnail_url_full"` // of a chart
	Src       string `json:"src"`
	Photos    []struct {
		Image string `json:"img_url"`
	} `json:"photos"`
	Comment struct{ Body, Name string } `json:"comment"`
	Gallery struct {
		Images  []struct{ Src string } `json:"images"`
		Caption string                 `json:"caption"`
	} `json:"gallery"`
}

// dataOf reads what a box says of itself. What is no JSON says nothing, and neither does
// a value of another type than it has had so far.
func dataOf(n *html.Node) (d substackData) {
	if err := json.Unmarshal([]byte(dom.Attr(n, "data-attrs")), &d); err != nil {
		if wrong := (*json.UnmarshalTypeError)(nil); !errors.As(err, &wrong) {
			return substackData{}
		}
	}
	return d
}

// substackBoxes make ordinary elements of the boxes that only a script would fill, by
// their classes; nil leaves a box as it is.
var substackBoxes = []struct {
	class  string
	blocks func(n *html.Node, d substackData) []*html.Node
}{
	{"embedded-post-wrap", substackPost},
	{"digest-post-embed", substackPost},
	{"embedded-publication-wrap", func(n *html.Node, d substackData) []*html.Node {
		return linkTo(cmp.Or(d.Base, lastOf(dom.Hrefs(n))), cmp.Or(d.Name, dom.WordsOf(n, dom.Class("embedded-publication-name"))))
	}},
	{"tweet", substackTweet},
	{"twitter-embed", substackTweet},
	{"comment", substackComment},
	{"instagram", substackInstagram},
	{"instagram-embed-wrap", substackInstagram},
	{"tiktok-wrap", substackFrame},
	{"youtube-wrap", substackFrame},
	{"vimeo-wrap", substackFrame},
	{"datawrapper-wrap", substackChart},
	{"file-embed-wrapper", substackFile},
	{"latex-rendered", func(_ *html.Node, d substackData) []*html.Node {
		if d.TeX == "" {
			return nil
		}
		return []*html.Node{dom.Math{TeX: d.TeX, Block: true}.Node()}
	}},
	{"mention-wrap", func(n *html.Node, d substackData) []*html.Node {
		if !dom.Empty(n) || d.Name == "" {
			return nil
		}
		return []*html.Node{dom.TextNode(d.Name)}
	}},
	{"image-gallery-embed", substackGallery},
	{"image3", substackPicture},
	{"native-video-embed", func(n *html.Node, d substackData) []*html.Node { return substackRecording(n, d, atom.Video, "video") }},
	{"native-audio-embed", func(n *html.Node, d substackData) []*html.Node { return substackRecording(n, d, atom.Audio, "audio") }},
}

// substackEmbeds fills the boxes that only a script would fill.
func substackEmbeds(body *html.Node, p *blog.Post) {
	boxes := map[string]func(*html.Node, substackData) []*html.Node{}
	for _, b := range substackBoxes {
		boxes[b.class] = b.blocks
	}
	for n := range dom.Standing(body, func(n *html.Node) bool {
		return dom.Attr(n, "data-attrs") != "" || dom.HasClass(n, "file-embed-wrapper")
	}) {
		d := dataOf(n)
		switch {
		case n.DataAtom == atom.Iframe && dom.Attr(n, "title") == "":
			dom.SetAttr(n, "title", d.Title)
		case dom.HasClass(n, "highlighted_code_block"):
			substackCode(n, d)
		}
		for _, c := range strings.Fields(dom.Attr(n, "class")) {
			if read := boxes[c]; read != nil {
				if blocks := read(n, d); len(blocks) > 0 {
					clean.Replace(n, clean.Card, blocks...)
				}
				break
			}
		}
		if dom.Under(n, body) && dom.HasClass(n, "native-video-embed", "native-audio-embed", "audio-embed") && dom.Empty(n) {
			p.Losses = append(p.Losses, "a recording that the feed left out")
			clean.Replace(n, clean.Frame, dom.Elem(atom.P, dom.Anchor(postAddress(p), "…")))
		}
	}
}
