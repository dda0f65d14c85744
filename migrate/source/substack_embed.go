package source

import (
	"cmp"
	"encoding/json"
	"errors"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
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
	for _, n := range dom.Find(body, func(n *html.Node) bool {
		return dom.Attr(n, "data-attrs") != "" || dom.HasClass(n, "file-embed-wrapper")
	}) {
		if !dom.Under(n, body) {
			continue // it lay in another one
		}
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
