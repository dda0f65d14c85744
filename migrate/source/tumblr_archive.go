package source

import (
	"archive/zip"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/mmcdole/gofeed"

	"replant/migrate/blog"
	"replant/migrate/feedscan"
)

// tumblrArchive is what Tumblr's Settings, Export makes of a blog: posts.xml, in the form of
// its first API, and the files of the posts in a folder media, named by the posts' numbers.
// Before there was posts.xml, each post was a page of HTML; see tumblr_pages.go.
var tumblrArchive = &Dialect{
	Name:     "tumblr-archive",
	Match:    generatedBy(tumblrArchiveName),
	Whole:    true,
	Live:     "rss",
	Leave:    leftOut,
	Fill:     fillTumblrArchive,
	Complete: completeTumblrArchive,
	Clean:    cleanTumblr,
	Servers:  tumblrServers,
	Of:       tumblr,
}

const tumblrArchiveName = "Tumblr archive"

// tumblrFiles reads an archive of Tumblr's, whose posts may be packed once more.
func tumblrFiles(members []member) (feedscan.Cutter, error) {
	members, err := withPosts(members)
	if err != nil {
		return nil, err
	}
	media := mediaOf(members)
	for _, m := range members {
		if path.Base(m.Name) != "posts.xml" {
			continue
		}
		r, err := m.Open()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", m.Name, err)
		}
		c := &tumblrCutter{xml: xml.NewDecoder(legible{r}), file: r, media: media}
		c.xml.Strict, c.xml.Entity = false, xml.HTMLEntity
		if c.begins() {
			return c, nil
		}
		r.Close()
	}
	return tumblrPages(members, media), nil
}

// withPosts adds the files of posts.zip, where an archive holds one.
func withPosts(members []member) ([]member, error) {
	for _, m := range members {
		if path.Base(m.Name) != "posts.zip" {
			continue
		}
		file, size, err := openAt(m)
		if err != nil {
			return nil, err
		}
		z, err := zip.NewReader(file, size)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", m.Name, err)
		}
		above := path.Dir(m.At)
		members = slices.Clone(members)
		for _, inner := range packed(z) {
			at := strings.TrimPrefix(inner.Name, "posts/")
			inner.Name, inner.At = path.Join(above, "posts", at), path.Join(above, "posts", at)
			members = append(members, inner)
		}
		return members, nil
	}
	return members, nil
}

// mediaOf lists the files of posts by the posts' numbers: 12.jpg, or 12_0.jpg and 12_1.jpg.
func mediaOf(members []member) map[string][]string {
	all := map[string][]string{}
	for _, m := range members {
		if path.Base(path.Dir(m.Name)) != "media" {
			continue
		}
		number, _, _ := strings.Cut(strings.TrimSuffix(path.Base(m.Name), path.Ext(m.Name)), "_")
		all[number] = append(all[number], m.At)
	}
	for _, files := range all {
		slices.SortFunc(files, func(a, b string) int {
			return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b)) // _2 before _10
		})
	}
	return all
}

// tumblrCutter reads posts.xml, a post at a time.
type tumblrCutter struct {
	xml   *xml.Decoder
	file  io.Closer
	media map[string][]string
	first *xml.StartElement
	head  gofeed.Feed
	index int
	err   error
}

// begins reads up to the first post. It returns false for another file.
func (c *tumblrCutter) begins() bool {
	c.head.Generator = tumblrArchiveName
	root := false
	for {
		t, err := c.xml.Token()
		if err != nil {
			c.err = err
			return root
		}
		start, ok := t.(xml.StartElement)
		switch {
		case !ok:
		case start.Name.Local == "tumblr":
			root = true
		case !root:
			return false
		case start.Name.Local == "tumblelog":
			c.blog(start)
		case start.Name.Local == "post":
			start = start.Copy()
			c.first = &start
			return true
		}
	}
}

// blog reads what the archive says of its blog.
func (c *tumblrCutter) blog(t xml.StartElement) {
	at := map[string]string{}
	for _, a := range t.Attr {
		at[a.Name.Local] = a.Value
	}
	c.head.Title = at["title"]
	switch {
	case at["cname"] != "":
		c.head.Link = "https://" + at["cname"] + "/"
	case at["name"] != "":
		c.head.Link = "https://" + at["name"] + ".tumblr.com/"
	}
}

// Close closes the file.
func (c *tumblrCutter) Close() error { return c.file.Close() }

func (c *tumblrCutter) Head() (*feedscan.Head, error) { return &feedscan.Head{Feed: &c.head}, nil }

// Next reads the next post.
func (c *tumblrCutter) Next() (*feedscan.Entry, error) {
	start := c.first
	c.first = nil
	for start == nil && c.err == nil {
		var t xml.Token
		if t, c.err = c.xml.Token(); c.err != nil {
			break
		}
		if s, ok := t.(xml.StartElement); ok && s.Name.Local == "post" {
			start = &s
		}
	}
	if start == nil {
		c.file.Close()
		if errors.Is(c.err, io.EOF) {
			return nil, io.EOF
		}
		return nil, fmt.Errorf("%w after post %d: %w", feedscan.ErrTruncated, c.index, c.err)
	}
	var p tumblrXML
	if err := c.xml.DecodeElement(&p, start); err != nil {
		c.err = err
		return c.Next()
	}
	c.index++
	return p.entry(c.media[p.ID]), nil
}

// tumblrXML is a post of posts.xml.
type tumblrXML struct {
	ID     string `xml:"id,attr"`
	URL    string `xml:"url,attr"`
	Slugs  string `xml:"url-with-slug,attr"`
	Type   string `xml:"type,attr"`
	Date   string `xml:"date-gmt,attr"`
	Unix   string `xml:"unix-timestamp,attr"`
	Slug   string `xml:"slug,attr"`
	State  string `xml:"state,attr"`
	Format string `xml:"format,attr"`

	Tags         []string `xml:"tag"`
	Title        string   `xml:"regular-title"`
	Body         string   `xml:"regular-body"`
	LinkText     string   `xml:"link-text"`
	LinkURL      string   `xml:"link-url"`
	LinkAbout    string   `xml:"link-description"`
	Quote        string   `xml:"quote-text"`
	QuoteSource  string   `xml:"quote-source"`
	PhotoCaption string   `xml:"photo-caption"`
	PhotoLink    string   `xml:"photo-link-url"`
	Photo        []sized  `xml:"photo-url"`
	Photos       []photo  `xml:"photoset>photo"`
	TalkTitle    string   `xml:"conversation-title"`
	Talk         []spoken `xml:"conversation>line"`
	VideoCaption string   `xml:"video-caption"`
	VideoSource  string   `xml:"video-source"`
	VideoPlayer  []sized  `xml:"video-player"`
	AudioCaption string   `xml:"audio-caption"`
	AudioPlayer  string   `xml:"audio-player"`
	AudioEmbed   string   `xml:"audio-embed"`
	Question     string   `xml:"question"`
	Answer       string   `xml:"answer"`
}

// sized is a thing that the archive names in several sizes.
type sized struct {
	Width string `xml:"max-width,attr"`
	Text  string `xml:",chardata"`
}

type photo struct {
	Caption string  `xml:"caption,attr"`
	URLs    []sized `xml:"photo-url"`
}

type spoken struct {
	Label string `xml:"label,attr"`
	Text  string `xml:",chardata"`
}

// legible makes spaces of control characters, which XML does not allow.
type legible struct{ io.Reader }

func (l legible) Read(b []byte) (int, error) {
	n, err := l.Reader.Read(b)
	for i, c := range b[:n] {
		if c < ' ' && c != '\n' && c != '\t' && c != '\r' {
			b[i] = ' '
		}
	}
	return n, err
}

// entry returns the post, with its files in the archive.
func (p *tumblrXML) entry(media []string) *feedscan.Entry {
	i := gofeed.Item{
		Title: blog.PlainTitle(cmp.Or(p.Title, p.LinkText, p.TalkTitle)), Link: cmp.Or(p.Slugs, p.URL), Published: cmp.Or(p.Unix, p.Date),
		Content: p.body(media), Categories: p.Tags, Custom: map[string]string{"slug": p.Slug, "state": p.State, "left": "", "number": p.ID},
	}
	switch {
	case p.State == "private":
		i.Custom["left"] = "private"
	case blog.IsBlank(i.Content) && i.Title == "":
		i.Custom["left"] = "without a text"
	}
	return archived(i)
}

// body returns the post as HTML, by its kind.
func (p *tumblrXML) body(media []string) string {
	switch p.Type {
	case "link":
		return paragraph(linked(p.LinkURL, html.EscapeString(cmp.Or(p.LinkText, p.LinkURL)))) + p.LinkAbout
	case "quote":
		return "<blockquote>" + blockOf(p.Quote) + "</blockquote>" + blockOf(p.QuoteSource)
	case "photo":
		return p.pictures(media) + blockOf(p.PhotoCaption)
	case "conversation":
		var b strings.Builder
		for _, l := range p.Talk {
			b.WriteString(paragraph("<b>" + html.EscapeString(l.Label) + "</b> " + html.EscapeString(l.Text)))
		}
		return b.String()
	case "video":
		return p.recording("video", largest(p.VideoPlayer), p.VideoSource, media) + blockOf(p.VideoCaption)
	case "audio":
		return p.recording("audio", cmp.Or(p.AudioEmbed, p.AudioPlayer), "", media) + blockOf(p.AudioCaption)
	case "answer":
		return "<blockquote>" + blockOf(p.Question) + "</blockquote>" + blockOf(p.Answer)
	}
	if p.Format == "markdown" && !markup().MatchString(p.Body) {
		return markdownHTML(p.Body)
	}
	return p.Body
}

// pictures shows the pictures of a post: its files in the archive, or where one is missing,
// the largest of those that the archive names.
func (p *tumblrXML) pictures(media []string) string {
	all := p.Photos
	if len(all) == 0 {
		all = []photo{{URLs: p.Photo}}
	}
	var b strings.Builder
	for n, one := range all {
		src := largest(one.URLs)
		if len(media) == len(all) {
			src = media[n]
		}
		if src == "" {
			continue
		}
		img := `<img src="` + html.EscapeString(src) + `" alt="">`
		if p.PhotoLink != "" && len(all) == 1 {
			img = linked(p.PhotoLink, img)
		}
		if one.Caption != "" {
			b.WriteString("<figure>" + img + "<figcaption>" + html.EscapeString(one.Caption) + "</figcaption></figure>")
			continue
		}
		b.WriteString(paragraph(img))
	}
	if len(all) > 1 {
		return `<div class="photoset">` + b.String() + "</div>"
	}
	return b.String()
}

// recording plays a post's file in the archive, or shows the player that the archive names, or
// leads to where it was.
func (p *tumblrXML) recording(tag, player, source string, media []string) string {
	for _, file := range media {
		if playerFor("", file) != 0 {
			return "<" + tag + ` controls src="` + html.EscapeString(file) + `"></` + tag + ">"
		}
	}
	switch {
	case !blog.IsBlank(player):
		return player
	case blog.IsWeb(source):
		return paragraph(linked(source, html.EscapeString(source)))
	}
	return source // which may be a player too
}

// largest returns the thing of the largest size.
func largest(all []sized) (text string) {
	most := -1
	for _, s := range all {
		if n, _ := strconv.Atoi(s.Width); n > most && !blog.IsBlank(s.Text) {
			text, most = strings.TrimSpace(s.Text), n
		}
	}
	return text
}

func linked(to, inner string) string {
	return `<a href="` + html.EscapeString(strings.TrimSpace(to)) + `">` + inner + "</a>"
}

func paragraph(inner string) string { return "<p>" + inner + "</p>" }

// blockOf makes a paragraph of text that has none.
func blockOf(text string) string {
	if blog.IsBlank(text) || markup().MatchString(text) && strings.Contains(text, "<p") {
		return text
	}
	return paragraph(text)
}

func fillTumblrArchive(p *blog.Post, e *feedscan.Entry) {
	fillTumblr(p, e)
	p.Names = knownAs(p.Names, "tumblr", e.Custom["number"])
	if slug := blog.Slug(e.Custom["slug"]); slug != "" {
		p.Slug = slug
	}
}

// completeTumblrArchive takes what only archives know.
func completeTumblrArchive(i *Item, e *feedscan.Entry, _ *Feed) {
	state := e.Custom["state"]
	i.Post.Draft, i.Post.Scheduled = state == "draft", strings.HasPrefix(state, "queue")
	i.Hash = digest(i.Hash, state, e.Custom["slug"])
}
