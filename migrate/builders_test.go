package migrate_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"math/rand/v2"
	"net/url"
	"path"
	"regexp"
	"strings"
	"testing"

	"replant/migrate"
)

// TestPageBuilders migrates exports of a made-up blog of 50 posts, each through another page
// builder of WordPress: every heading, text, picture, link and video arrives, and nothing of the
// builder is left.
func TestPageBuilders(t *testing.T) {
	t.Parallel()
	for name, b := range map[string]builder{"divi": diviBuilder, "wpbakery": wpBakeryBuilder, "fusion": fusionBuilder, "elementor": elementorBuilder, "gutenberg": gutenbergBuilder} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			blog := builtBlog(50)
			w := newWorld(t)
			for _, id := range blog.library {
				w.pictures[id.address] = png(id.address)
			}
			export := blog.export(b)
			w.feeds = []migrate.Feed{{Address: "export.xml", Open: func() (io.ReadCloser, error) {
				return struct {
					*bytes.Reader
					io.Closer
				}{bytes.NewReader([]byte(export)), io.NopCloser(nil)}, nil
			}}}
			out := w.run()
			for _, l := range out.Losses {
				t.Errorf("%s: %s %s", l.Page, l.Way, l.Text)
			}
			w.expect("troubles", troubles(out))
			all := files(t, w.site)
			for _, p := range blog.posts {
				page := all["content/posts/"+p.slug+"/index.md"]
				for _, want := range p.shown() {
					if !strings.Contains(inMarkdown.Replace(unescaped(page)), want) {
						t.Errorf("%s lacks %q:\n%s", p.slug, want, page)
					}
				}
				if left := builderLeft.FindString(page); left != "" {
					t.Errorf("%s has %q:\n%s", p.slug, left, page)
				}
			}
		})
	}
}

// builderLeft matches what builders write around a post.
var builderLeft = regexp.MustCompile(`et_pb|vc_|fusion_|wp:|elementor|widgetType|JTND|%22|_holder|\[/`)

// unescaped takes the escapes out of Markdown, and spells the pictures that a shortcode shows
// as Markdown does.
func unescaped(page string) string {
	return shortcodePicture.ReplaceAllString(strings.ReplaceAll(page, `\`, ""), "![]($1)")
}

var shortcodePicture = regexp.MustCompile(`\{\{< figure src="([^"]*)"`)

// builtBlog makes a blog whose posts have all that builders have, in many orders.
func builtBlog(n int) *built {
	b := &built{Rand: rand.New(rand.NewPCG(5, 17))}
	for i := range n {
		p := builtPost{slug: fmt.Sprintf("post-%d", i+1)}
		for range 2 + b.IntN(3) {
			var row []part
			for range 1 + b.IntN(4) {
				row = append(row, b.part())
			}
			p.rows = append(p.rows, row)
		}
		b.posts = append(b.posts, p)
	}
	return b
}

type built struct {
	*rand.Rand
	library []media
	posts   []builtPost
	words   int
}

type media struct {
	id      int
	address string
}

type builtPost struct {
	slug string
	rows [][]part
}

// part is one thing that a post shows.
type part struct {
	kind            string
	title, text, to string
	level           int
	pictures        []media
}

var partKinds = []string{"heading", "text", "picture", "gallery", "button", "video", "raw", "toggle", "quote", "card"}

func (b *built) part() part {
	p := part{kind: partKinds[b.IntN(len(partKinds))], level: 2 + b.IntN(3), title: b.said(3), text: b.said(8)}
	switch p.kind {
	case "picture", "card":
		p.pictures = []media{b.media()}
	case "gallery":
		p.pictures = []media{b.media(), b.media(), b.media()}
	case "video":
		p.to = fmt.Sprintf("https://www.youtube.com/watch?v=abcdefg%04d", b.IntN(9999))
	}
	if p.kind == "button" || p.kind == "card" {
		p.to = "https://nettle.example/to/" + strings.ToLower(strings.ReplaceAll(b.said(2), " ", "-"))
	}
	return p
}

// said returns words that are nowhere else.
func (b *built) said(n int) string {
	const syllables = "bee wax hive comb drone queen brood swarm smoke honey nettle clover"
	all := strings.Fields(syllables)
	words := make([]string, n)
	for i := range words {
		words[i] = all[b.IntN(len(all))]
	}
	b.words++
	words[0] = strings.ToUpper(words[0][:1]) + words[0][1:] + fmt.Sprint(b.words)
	return strings.Join(words, " ")
}

func (b *built) media() media {
	id := 1000 + len(b.library)
	b.library = append(b.library, media{id, fmt.Sprintf("https://nettle.example/wp-content/uploads/2024/01/picture-%d.png", id)})
	return b.library[len(b.library)-1]
}

// shown lists what the page of a post has to have.
func (p builtPost) shown() (all []string) {
	for _, row := range p.rows {
		for _, part := range row {
			for _, m := range part.pictures {
				all = append(all, "]("+path.Base(m.address)+")") // or in a call, see inMarkdown
			}
			switch part.kind {
			case "heading":
				all = append(all, strings.Repeat("#", part.level)+" "+part.title)
			case "text", "raw":
				all = append(all, "**"+part.title+"**", part.text)
			case "toggle":
				all = append(all, "# "+part.title, part.text)
			case "quote":
				all = append(all, "> "+part.text, part.title)
			case "card":
				all = append(all, part.title, part.text, "]("+part.to+")")
			case "button":
				all = append(all, "["+part.title+"]("+part.to+")")
			case "video":
				_, id, _ := strings.Cut(part.to, "v=")
				all = append(all, "youtube "+id)
			}
		}
	}
	return all
}

// builder writes a post as one builder keeps it: its content, and a field of its own.
type builder func(rows [][]part) (content, field string)

func (b *built) export(by builder) string {
	var x strings.Builder
	x.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/">` +
		`<channel><title>Nettle</title><link>https://nettle.example</link><wp:wxr_version>1.2</wp:wxr_version>`)
	for i, p := range b.posts {
		content, field := by(p.rows)
		meta := ""
		if field != "" {
			meta = `<wp:postmeta><wp:meta_key>_elementor_edit_mode</wp:meta_key><wp:meta_value>builder</wp:meta_value></wp:postmeta><wp:postmeta><wp:meta_key>_elementor_data</wp:meta_key><wp:meta_value><![CDATA[` + field + `]]></wp:meta_value></wp:postmeta>`
		}
		fmt.Fprintf(&x, `<item><title>Post %[1]d</title><link>https://nettle.example/%[2]s/</link><guid isPermaLink="false">https://nettle.example/?p=%[1]d</guid><content:encoded><![CDATA[%[3]s]]></content:encoded>`+
			`<wp:post_id>%[1]d</wp:post_id><wp:post_date_gmt>2024-01-01 10:%02[1]d:00</wp:post_date_gmt><wp:post_name>%[2]s</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>%[4]s</item>`, i+1, p.slug, content, meta)
	}
	for _, m := range b.library {
		fmt.Fprintf(&x, `<item><title>x</title><wp:post_id>%d</wp:post_id><wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type><wp:attachment_url>%s</wp:attachment_url></item>`, m.id, m.address)
	}
	return x.String() + "</channel></rss>"
}

func ids(list []media) string {
	var all []string
	for _, m := range list {
		all = append(all, fmt.Sprint(m.id))
	}
	return strings.Join(all, ",")
}

func paragraphs(p part) string {
	return "<p><strong>" + p.title + "</strong></p>\n<p>" + p.text + "</p>"
}

func diviBuilder(rows [][]part) (content, field string) {
	var x strings.Builder
	for _, row := range rows {
		x.WriteString(`[et_pb_section fb_built="1" _builder_version="4.23" custom_padding="0px||0px||false|false" global_colors_info="{}"][et_pb_row _builder_version="4.23"][et_pb_column type="4_4" _builder_version="4.23"]`)
		for _, p := range row {
			x.WriteString(diviPart(p))
		}
		x.WriteString("[/et_pb_column][/et_pb_row][/et_pb_section]")
	}
	return x.String(), ""
}

func diviPart(p part) string {
	const version = ` _builder_version="4.23" global_colors_info="{}"`
	switch p.kind {
	case "heading":
		return fmt.Sprintf(`[et_pb_heading title="%s" title_level="h%d"%s][/et_pb_heading]`, p.title, p.level, version)
	case "text":
		return "[et_pb_text" + version + "]" + paragraphs(p) + "[/et_pb_text]"
	case "picture":
		return `[et_pb_image src="` + p.pictures[0].address + `" alt="x" title_text="x"` + version + "][/et_pb_image]"
	case "gallery":
		return `[et_pb_gallery gallery_ids="` + ids(p.pictures) + `" fullwidth="on"` + version + "][/et_pb_gallery]"
	case "button":
		return `[et_pb_button button_url="` + p.to + `" button_text="` + p.title + `"` + version + " /]"
	case "video":
		return `[et_pb_video src="` + p.to + `"` + version + "][/et_pb_video]"
	case "raw":
		return "[et_pb_code" + version + "]<div><!-- [et_pb_line_break_holder] -->  " + strings.ReplaceAll(paragraphs(p), "\n", "<!-- [et_pb_line_break_holder] -->") + "</div>[/et_pb_code]"
	case "toggle":
		return `[et_pb_accordion` + version + `][et_pb_accordion_item title="` + p.title + `" open="on"` + version + "]<p>" + p.text + "</p>[/et_pb_accordion_item][/et_pb_accordion]"
	case "quote":
		return `[et_pb_testimonial author="` + p.title + `" job_title="Keeper"` + version + "]<p>" + p.text + "</p>[/et_pb_testimonial]"
	}
	return `[et_pb_blurb title="` + p.title + `" url="` + p.to + `" image="` + p.pictures[0].address + `"` + version + "]<p>" + p.text + "</p>[/et_pb_blurb]"
}

func wpBakeryBuilder(rows [][]part) (content, field string) {
	var x strings.Builder
	for _, row := range rows {
		x.WriteString(`[vc_row css=".vc_custom_15{padding-top: 10px !important;}"][vc_column width="1/2"]`)
		for _, p := range row {
			x.WriteString(wpBakeryPart(p))
		}
		x.WriteString("[/vc_column][vc_column width=\"1/2\"][vc_empty_space][/vc_column][/vc_row]")
	}
	return x.String(), ""
}

func wpBakeryPart(p part) string {
	link := "url:" + url.QueryEscape(p.to) + "|title:" + url.PathEscape(p.title) + "||"
	switch p.kind {
	case "heading":
		return fmt.Sprintf(`[vc_custom_heading text="%s" font_container="tag:h%d|text_align:left" use_theme_fonts="yes"]`, p.title, p.level)
	case "text":
		return "[vc_column_text]\n<strong>" + p.title + "</strong>\n\n" + p.text + "\n[/vc_column_text]"
	case "picture":
		return `[vc_single_image image="` + ids(p.pictures) + `" img_size="full"]`
	case "gallery":
		return `[vc_gallery type="image_grid" images="` + ids(p.pictures) + `"]`
	case "button":
		return `[vc_btn title="` + p.title + `" link="` + link + `"]`
	case "video":
		return `[vc_video link="` + p.to + `"]`
	case "raw":
		return "[vc_raw_html]" + base64.StdEncoding.EncodeToString([]byte(url.PathEscape("<div>\n"+paragraphs(p)+"\n</div>"))) + "[/vc_raw_html]"
	case "toggle":
		return `[vc_tta_accordion][vc_tta_section title="` + p.title + `" tab_id="a"][vc_column_text]` + p.text + "[/vc_column_text][/vc_tta_section][/vc_tta_accordion]"
	case "quote":
		return "[vc_row_inner][vc_column_inner][vc_column_text]<blockquote>" + p.text + "</blockquote>\n" + p.title + "[/vc_column_text][/vc_column_inner][/vc_row_inner]"
	}
	return `[vc_hoverbox image="` + ids(p.pictures) + `" primary_title="` + p.title + `" hover_title="" hover_btn_title="Go" hover_btn_link="` + link + `"]` + p.text + "[/vc_hoverbox]"
}

func fusionBuilder(rows [][]part) (content, field string) {
	var x strings.Builder
	for _, row := range rows {
		x.WriteString(`[fusion_builder_container type="flex" hundred_percent="no"][fusion_builder_row][fusion_builder_column type="1_1" layout="1_1" link=""]`)
		for _, p := range row {
			x.WriteString(fusionPart(p))
		}
		x.WriteString("[/fusion_builder_column][/fusion_builder_row][/fusion_builder_container]")
	}
	return x.String(), ""
}

func fusionPart(p part) string {
	switch p.kind {
	case "heading":
		return fmt.Sprintf(`[fusion_title title_type="text" size="%d"]%s[/fusion_title]`, p.level, p.title)
	case "text":
		return `[fusion_text columns=""]` + paragraphs(p) + "[/fusion_text]"
	case "picture":
		return fmt.Sprintf(`[fusion_imageframe image_id="%d|full" alt="x" link=""]%s[/fusion_imageframe]`, p.pictures[0].id, p.pictures[0].address)
	case "gallery":
		x := "[fusion_gallery]"
		for _, m := range p.pictures {
			x += fmt.Sprintf(`[fusion_gallery_image image="%s" image_id="%d|full" /]`, m.address, m.id)
		}
		return x + "[/fusion_gallery]"
	case "button":
		return `[fusion_button link="` + p.to + `" color="default"]` + p.title + "[/fusion_button]"
	case "video":
		_, id, _ := strings.Cut(p.to, "v=")
		return `[fusion_youtube id="` + id + `" width="600" /]`
	case "raw":
		return "[fusion_code]" + base64.StdEncoding.EncodeToString([]byte("<div>\n"+paragraphs(p)+"\n</div>")) + "[/fusion_code]"
	case "toggle":
		return `[fusion_accordion][fusion_toggle title="` + p.title + `" open="no"]` + p.text + "[/fusion_toggle][/fusion_accordion]"
	case "quote":
		return `[fusion_testimonials][fusion_testimonial name="` + p.title + `" company="Hive"]` + p.text + "[/fusion_testimonial][/fusion_testimonials]"
	}
	return `[fusion_content_boxes][fusion_content_box title="` + p.title + `" image="` + p.pictures[0].address + `" link="` + p.to + `" linktext="More"]` + p.text + "[/fusion_content_box][/fusion_content_boxes]"
}

type object = map[string]any

func elementorBuilder(rows [][]part) (content, field string) {
	var sections []object
	for i, row := range rows {
		var widgets []object
		for j, p := range row {
			kind, settings := elementorPart(p)
			widgets = append(widgets, object{"id": fmt.Sprintf("w%d%d", i, j), "elType": "widget", "widgetType": kind, "settings": settings, "elements": []object{}})
		}
		column := object{"id": fmt.Sprint("c", i), "elType": "column", "settings": object{"_column_size": 100}, "elements": widgets}
		sections = append(sections, object{"id": fmt.Sprint("s", i), "elType": "section", "settings": []object{}, "elements": []object{column}})
	}
	b, err := json.Marshal(sections)
	if err != nil {
		panic(err)
	}
	return "", string(b)
}

func elementorPart(p part) (kind string, settings object) {
	picture := func(m media) object { return object{"url": m.address, "id": m.id, "source": "library"} }
	switch p.kind {
	case "heading":
		return "heading", object{"title": p.title, "header_size": fmt.Sprint("h", p.level), "title_color": "#123456"}
	case "text":
		return "text-editor", object{"editor": paragraphs(p)}
	case "picture":
		return "image", object{"image": picture(p.pictures[0]), "image_size": "full"}
	case "gallery":
		var all []object
		for _, m := range p.pictures {
			all = append(all, picture(m))
		}
		return "image-gallery", object{"wp_gallery": all}
	case "button":
		return "button", object{"text": p.title, "link": object{"url": p.to, "is_external": "", "nofollow": ""}}
	case "video":
		return "video", object{"youtube_url": p.to, "vimeo_url": "https://vimeo.com/235215203"}
	case "raw":
		return "html", object{"html": "<div>\n" + paragraphs(p) + "\n</div>"}
	case "toggle":
		return "accordion", object{"tabs": []object{{"tab_title": p.title, "tab_content": "<p>" + p.text + "</p>"}}}
	case "quote":
		return "testimonial", object{"testimonial_content": p.text, "testimonial_name": p.title}
	}
	return "image-box", object{"image": picture(p.pictures[0]), "title_text": p.title, "description_text": p.text, "link": object{"url": p.to}, "position": "left"}
}

func gutenbergBuilder(rows [][]part) (content, field string) {
	var x strings.Builder
	for _, row := range rows {
		x.WriteString("<!-- wp:columns -->\n<div class=\"wp-block-columns\"><!-- wp:column -->\n<div class=\"wp-block-column\">")
		for _, p := range row {
			x.WriteString(gutenbergPart(p) + "\n\n")
		}
		x.WriteString("</div>\n<!-- /wp:column --></div>\n<!-- /wp:columns -->\n\n")
	}
	return x.String(), ""
}

func gutenbergPart(p part) string {
	block := func(name, attrs, inner string) string {
		return "<!-- wp:" + name + attrs + " -->\n" + inner + "\n<!-- /wp:" + name + " -->"
	}
	picture := func(m media) string {
		return block("image", fmt.Sprintf(` {"id":%d,"sizeSlug":"large"}`, m.id), fmt.Sprintf(`<figure class="wp-block-image"><img src="%s" alt="" class="wp-image-%d"/></figure>`, m.address, m.id))
	}
	text := func(s string) string { return block("paragraph", "", "<p>"+s+"</p>") }
	switch p.kind {
	case "heading":
		return block("heading", fmt.Sprintf(` {"level":%d}`, p.level), fmt.Sprintf(`<h%[1]d class="wp-block-heading">%[2]s</h%[1]d>`, p.level, p.title))
	case "text":
		return text("<strong>"+p.title+"</strong>") + "\n\n" + text(p.text)
	case "picture":
		return picture(p.pictures[0])
	case "gallery":
		x := ""
		for _, m := range p.pictures {
			x += picture(m)
		}
		return block("gallery", ` {"linkTo":"none"}`, `<figure class="wp-block-gallery has-nested-images">`+x+"</figure>")
	case "button":
		return block("buttons", "", `<div class="wp-block-buttons">`+block("button", "", `<div class="wp-block-button"><a class="wp-block-button__link" href="`+html.EscapeString(p.to)+`">`+p.title+"</a></div>")+"</div>")
	case "video":
		return block("embed", ` {"url":"`+p.to+`","type":"video","providerNameSlug":"youtube"}`, `<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">`+"\n"+p.to+"\n</div></figure>")
	case "raw":
		return block("html", "", "<div>\n"+paragraphs(p)+"\n</div>")
	case "toggle":
		return block("heading", ` {"level":4}`, "<h4>"+p.title+"</h4>") + "\n\n" + text(p.text)
	case "quote":
		return block("quote", "", `<blockquote class="wp-block-quote">`+text(p.text)+"<cite>"+p.title+"</cite></blockquote>")
	}
	return block("media-text", fmt.Sprintf(` {"mediaId":%d}`, p.pictures[0].id), `<div class="wp-block-media-text"><figure class="wp-block-media-text__media"><img src="`+p.pictures[0].address+`" alt=""/></figure><div class="wp-block-media-text__content">`+
		text(`<a href="`+p.to+`">`+p.title+"</a>")+text(p.text)+"</div></div>")
}

// inMarkdown spells the pictures of a gallery, which are called, as Markdown would.
var inMarkdown = strings.NewReplacer(`{{< figure src="`, `![](`, `" >}}`, `)`)
