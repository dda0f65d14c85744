package source

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
)

// substackData is what a box says of itself in its data-attrs, as far as it is of use.
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
	if err := json.Unmarshal([]byte(blog.Attr(n, "data-attrs")), &d); err != nil {
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
		return linkTo(cmp.Or(d.Base, lastOf(hrefs(n))), cmp.Or(d.Name, words(n, class("embedded-publication-name"))))
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
		return []*html.Node{blog.Math{TeX: d.TeX, Block: true}.Node()}
	}},
	{"mention-wrap", func(n *html.Node, d substackData) []*html.Node {
		if !empty(n) || d.Name == "" {
			return nil
		}
		return []*html.Node{text(d.Name)}
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
	for _, n := range find(body, func(n *html.Node) bool {
		return blog.Attr(n, "data-attrs") != "" || blog.HasClass(n, "file-embed-wrapper")
	}) {
		if !under(n, body) {
			continue // it lay in another one
		}
		d := dataOf(n)
		switch {
		case n.DataAtom == atom.Iframe && blog.Attr(n, "title") == "":
			blog.SetAttr(n, "title", d.Title)
		case blog.HasClass(n, "highlighted_code_block"):
			substackCode(n, d)
		}
		for _, c := range strings.Fields(blog.Attr(n, "class")) {
			if read := boxes[c]; read != nil {
				if blocks := read(n, d); len(blocks) > 0 {
					blog.Replace(n, blocks...)
				}
				break
			}
		}
		if under(n, body) && blog.HasClass(n, "native-video-embed", "native-audio-embed", "audio-embed") && empty(n) {
			p.Losses = append(p.Losses, "a recording that the feed left out")
			blog.Replace(n, elem(atom.P, anchor(postAddress(p), "…")))
		}
	}
}

func substackPost(n *html.Node, d substackData) []*html.Node {
	return linkTo(cmp.Or(d.URL, d.Canonical, lastOf(hrefs(n))), cmp.Or(d.Title, words(n, class("embedded-post-title"))))
}

// substackTweet quotes a tweet: as the box shows it, else as its data say.
func substackTweet(n *html.Node, d substackData) (blocks []*html.Node) {
	switch {
	case !empty(n):
		blocks = quote(n)
	case d.Text != "":
		blocks = said(d.Text, d.Name, d.User)
	}
	for _, photo := range d.Photos {
		if first(n, named(atom.Img)) == nil {
			blocks = append(blocks, picture(photo.Image, ""))
		}
	}
	if e := embedAt(d.URL); e != nil {
		blocks = append(blocks, blog.Embed{Kind: e.Kind, ID: e.ID, URL: e.URL}.Node())
	}
	return blocks
}

// said quotes what someone said, which may hold the markup of links.
func said(words, name, user string) []*html.Node {
	q := elem(atom.Blockquote)
	for _, line := range strings.Split(blog.Text(fragment(words)), "\n") {
		if line = oneLine(line); line != "" {
			q.AppendChild(elem(atom.P, text(line)))
		}
	}
	if user != "" {
		name = oneLine(name + " (@" + user + ")")
	}
	if name = oneLine(name); name != "" {
		q.AppendChild(elem(atom.P, text("— "+name)))
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
	return []*html.Node{thingAt(&url.URL{Scheme: "https", Host: "www.instagram.com", Path: "/p/" + d.Instagram + "/"}).Node()}
}

// substackFrame fills a box whose frame the feed left out.
func substackFrame(n *html.Node, d substackData) []*html.Node {
	if first(n, named(atom.Iframe)) != nil {
		return nil
	}
	addr := d.URL
	switch {
	case d.Video != "" && blog.HasClass(n, "youtube-wrap"):
		addr = "https://www.youtube.com/watch?v=" + url.QueryEscape(d.Video)
	case d.Video != "" && blog.HasClass(n, "vimeo-wrap"):
		addr = "https://vimeo.com/" + url.PathEscape(d.Video)
	}
	u := resolve(nil, addr)
	if u == nil {
		return nil
	}
	return []*html.Node{thingAt(u).Node()}
}

// substackChart shows a chart as the picture that Datawrapper keeps of it, with a link
// to the chart itself.
func substackChart(_ *html.Node, d substackData) []*html.Node {
	if resolve(nil, d.URL) == nil || resolve(nil, d.Thumbnail) == nil {
		return nil
	}
	return append([]*html.Node{picture(d.Thumbnail, d.Title)}, linkTo(d.URL, d.Title)...)
}

// substackFile makes a titled link of the card of a file.
func substackFile(n *html.Node, _ substackData) []*html.Node {
	name, about := words(n, class("file-embed-details-h1")), words(n, class("file-embed-details-h2"))
	if about != "" {
		name += " (" + about + ")"
	}
	return linkTo(lastOf(hrefs(n)), name)
}

func substackGallery(n *html.Node, d substackData) (blocks []*html.Node) {
	if first(n, named(atom.Img)) != nil {
		return nil
	}
	for _, i := range d.Gallery.Images {
		blocks = append(blocks, picture(i.Src, ""))
	}
	if caption := oneLine(d.Gallery.Caption); caption != "" && len(blocks) > 0 {
		blocks[len(blocks)-1].AppendChild(elem(atom.Figcaption, text(caption)))
	}
	return blocks
}

func substackPicture(n *html.Node, d substackData) []*html.Node {
	if d.Src == "" || first(n, named(atom.Img)) != nil {
		return nil
	}
	return []*html.Node{picture(d.Src, d.Title)}
}

// picture gives a picture as a block of its own.
func picture(src, alt string) *html.Node {
	img := elem(atom.Img)
	blog.SetAttr(img, "src", src)
	if alt = oneLine(alt); alt != "" {
		blog.SetAttr(img, "alt", alt)
	}
	return elem(atom.Figure, img)
}

// substackRecording shows a recording by the address that Substack's own player asks
// for it; its frame, or the recording itself, may stand in the box already.
func substackRecording(n *html.Node, d substackData, tag atom.Atom, kind string) []*html.Node {
	if !empty(n) || !uploadID.MatchString(d.Upload) {
		return nil
	}
	media := elem(tag)
	blog.SetAttr(media, "src", "https://api.substack.com/api/v1/"+kind+"/upload/"+d.Upload+"/src")
	if label := oneLine(d.Label); label != "" {
		blog.SetAttr(media, "title", label)
	}
	return []*html.Node{media}
}

var uploadID = regexp.MustCompile(`^[\w-]+$`)

// substackCode says the language where only the box does.
func substackCode(n *html.Node, d substackData) {
	if code := first(n, named(atom.Code)); code != nil && blog.Attr(code, "class") == "" && languageName.MatchString(d.Language) {
		blog.SetAttr(code, "class", "language-"+d.Language)
	}
}
