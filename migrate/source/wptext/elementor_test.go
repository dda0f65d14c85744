package wptext

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

func TestElementor(t *testing.T) {
	t.Parallel()
	const fig = `<figure class="wp-caption">`
	for _, c := range []struct {
		name, data, want string
		losses           []string
	}{
		{name: "heading and text", data: `{"widgetType":"heading","settings":{"title":"Wax","header_size":"h3","link":{"url":"https://a.example/"}}},{"widgetType":"text-editor","settings":{"editor":"<p>Five\nswarms.</p>"}}`,
			want: `<h3><a href="https://a.example/">Wax</a></h3><p>Five swarms.</p>`},
		{name: "text without paragraphs", data: `{"widgetType":"text-editor","settings":{"editor":"One\n\nTwo [gallery ids=\"8\"]"}}`, want: `<p>One</p><p>Two</p>` + fig + `<img src="https://w.example/u/eight.jpg" alt=""/></figure>`},
		{name: "code in a text", data: `{"widgetType":"text-editor","settings":{"editor":"[php]<?php echo \"<b>\";[/php]"}}`, want: `<pre class="language-php"><code>&lt;?php echo &#34;&lt;b&gt;&#34;;</code></pre>`},
		{name: "image", data: `{"widgetType":"image","settings":{"image":{"url":"https://a.example/b.jpg","id":7},"caption_source":"attachment","link_to":"custom","link":{"url":"https://a.example/"}}}`,
			want: fig + `<a href="https://a.example/"><img src="https://a.example/b.jpg" alt="Seven"/></a><figcaption class="wp-caption-text">The seventh</figcaption></figure>`},
		{name: "image by number", data: `{"widgetType":"image","settings":{"image":{"url":"","id":"8"},"caption_source":"custom","caption":"Words"}}`, want: fig + `<img src="https://w.example/u/eight.jpg" alt=""/><figcaption class="wp-caption-text">Words</figcaption></figure>`},
		{name: "a placeholder", data: `{"widgetType":"image","settings":{"image":{"url":"https://a.example/wp-content/plugins/elementor/assets/images/placeholder.png","id":""}}}`},
		{name: "a lost image", data: `{"widgetType":"image","settings":{"image":{"url":"","id":99}}}`, losses: []string{"a picture that the export does not hold: 99"}},
		{name: "galleries", data: `{"widgetType":"image-gallery","settings":{"wp_gallery":[{"id":8,"url":"https://a.example/b.jpg"}]}},{"widgetType":"image-carousel","settings":{"carousel":[{"id":0,"url":"https://a.example/c.jpg"}]}}`,
			want: fig + `<img src="https://a.example/b.jpg" alt=""/></figure>` + fig + `<img src="https://a.example/c.jpg" alt=""/></figure>`},
		{name: "videos", data: `{"widgetType":"video","settings":{"youtube_url":"https://youtu.be/abcdefghijk","vimeo_url":"https://vimeo.com/1"}},{"widgetType":"video","settings":{"video_type":"hosted","hosted_url":{"url":"https://a.example/v.mp4","id":3}}}`,
			want: `<div class="wp-block-embed__wrapper">https://youtu.be/abcdefghijk</div>` + fig + `<video controls="" src="https://a.example/v.mp4"></video></figure>`},
		{name: "button", data: `{"widgetType":"button","settings":{"text":"Go","link":{"url":"https://a.example/","is_external":"on"}}}`, want: `<p><a href="https://a.example/">Go</a></p>`},
		{name: "HTML", data: `{"widgetType":"html","settings":{"html":"<table>\n\n<tr><td>a</td><td>b</td></tr></table>"}}`, want: `<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>`},
		{name: "list", data: `{"widgetType":"icon-list","settings":{"icon_list":[{"text":"One","link":{"url":"https://a.example/"}},{"text":"Two"}]}}`, want: `<ul><li><a href="https://a.example/">One</a></li><li>Two</li></ul>`},
		{name: "toggle", data: `{"widgetType":"toggle","settings":{"tabs":[{"tab_title":"One","tab_content":"<p>Two</p>"}]}}`, want: `<h4>One</h4><p>Two</p>`},
		{name: "nested tabs", data: `{"widgetType":"nested-tabs","settings":{"tabs":[{"tab_title":"One"},{"tab_title":"Two"}]},"elements":[{"elType":"container","elements":[{"elType":"widget","widgetType":"heading","settings":{"title":"In"}}]}]}`, want: `<h4>One</h4><h2>In</h2><h4>Two</h4>`},
		{name: "blockquote", data: `{"widgetType":"blockquote","settings":{"blockquote_content":"Good.","author_name":"Ann"}}`, want: `<blockquote><p>Good.</p><p>Ann</p></blockquote>`},
		{name: "image box", data: `{"widgetType":"image-box","settings":{"image":{"url":"https://a.example/b.jpg"},"title_text":"One","description_text":"Two","position":"left","title_size":"h2"}}`, want: fig + `<img src="https://a.example/b.jpg" alt=""/></figure><h2>One</h2><p>Two</p>`},
		{name: "price table", data: `{"widgetType":"price-table","settings":{"heading":"Honey","sub_heading":"raw","price":"9","period":"a jar","features_list":[{"item_text":"One"}],"button_text":"Buy","link":{"url":"https://a.example/"}}}`,
			want: `<h3>Honey</h3><p>raw</p><p>9 a jar</p><ul><li>One</li></ul><p><a href="https://a.example/">Buy</a></p>`},
		{name: "counter", data: `{"widgetType":"counter","settings":{"ending_number":90,"suffix":"%","title":"Wax"}}`, want: `<p>Wax 90%</p>`},
		{name: "a template", data: `{"widgetType":"template","settings":{"template_id":"3"}}`, want: `<p>Shared</p>`},
		{name: "a template that is lost", data: `{"widgetType":"global","templateID":77}`, losses: []string{"a template of Elementor that the export does not hold: 77"}},
		{name: "from elsewhere", data: `{"widgetType":"heading","settings":{"title":"Old","__dynamic__":{"title":"[elementor-tag id=\"1\" name=\"post-title\" settings=\"%7B%7D\"]"}}}`},
		{name: "switched off", data: `{"widgetType":"heading","settings":{"title":"Old","hide_desktop":"hidden-desktop","hide_tablet":"hidden-tablet","hide_mobile":"hidden-mobile"}}`, want: `<div class="wp-builder-hidden"><h2>Old</h2></div>`},
		{name: "filled by WordPress", data: `{"widgetType":"posts","settings":{}},{"widgetType":"nav-menu","settings":[]}`, losses: []string{"blocks that WordPress fills when it shows the page: posts"}},
		{name: "an unknown widget", data: `{"widgetType":"acme-card","settings":{"acme_text":"Two","acme_title":"One","title_tag":"h2","acme_image":{"url":"https://a.example/b.jpg"},"acme_items":[{"item_title":"Three","item_link":{"url":"https://a.example/"}}]}}`,
			want: `<p>One</p>` + fig + `<img src="https://a.example/b.jpg" alt=""/></figure><p>Three</p><p><a href="https://a.example/">https://a.example/</a></p><p>Two</p>`, losses: []string{"the form of widgets that replant does not know, whose texts stay: acme-card"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			data := `[{"elType":"section","settings":[],"elements":[{"elType":"column","settings":{"_column_size":100},"elements":[` + strings.ReplaceAll(c.data, `{"widgetType"`, `{"elType":"widget","widgetType"`) + `]}]}]`
			text, losses, ok := Elementor(data, shelf)
			source, more := HTML(text, shelf)
			losses = append(losses, more...)
			if got := seen(t, source); !ok || got != c.want || !slices.Equal(losses, c.losses) {
				t.Errorf("%s\n got %s\nwant %s\nlosses %q", c.data, got, c.want, losses)
			}
		})
	}
}

// TestElementorBackground shows what is behind a box before what is in it.
func TestElementorBackground(t *testing.T) {
	t.Parallel()
	text, _, _ := Elementor(`[{"elType":"container","settings":{"background_image":{"url":"https://a.example/b.jpg","id":1}},"elements":[{"elType":"widget","widgetType":"heading","settings":{"title":"Wax"}}]}]`, shelf)
	if got := strings.Join(strings.Fields(text), " "); got != `<img src="https://a.example/b.jpg" alt=""> <h2>Wax</h2>` {
		t.Error(got)
	}
}

// TestDataOfNone reads data that are none of Elementor's.
func TestDataOfNone(t *testing.T) {
	t.Parallel()
	for _, data := range []string{"", "[", "{}", `"x"`, `[{"a":}]`} {
		if text, _, ok := Elementor(data, shelf); ok {
			t.Errorf("%s: %q", data, text)
		}
	}
}

// TestDeepElementorEnds reads boxes in boxes, and lists in lists.
func TestDeepElementorEnds(t *testing.T) {
	t.Parallel()
	const deep = 4000
	for _, piece := range [][2]string{
		{`{"elements":[`, `]}`}, {`{"elType":"widget","widgetType":"x","settings":{"a":[{"b":"c","d":[`, `]}]}}`}, {`{"elType":"widget","widgetType":"x","elements":[`, `]}`},
	} {
		Elementor("["+strings.Repeat(piece[0], deep/2)+strings.Repeat(piece[1], deep/2)+"]", shelf)
	}
	for _, piece := range []string{`{"elType":"widget","widgetType":"x","settings":{"a_url":"https://a.example/b"}}`, `{"elType":"widget","widgetType":"template","settings":{"template_id":"3"}}`} {
		Elementor("["+strings.Repeat(piece+",", 20_000)+"{}]", shelf)
	}
}

// FuzzElementor asserts that a text of any widget that has texts is there, whatever other data
// are.
func FuzzElementor(f *testing.F) {
	for _, data := range []string{`[]`, `[{"elType":"widget","widgetType":"image","settings":{"image":{"id":7}}}]`, `[{"elements":{"0":{}}}]`, `[{"elType":"widget","widgetType":"template","settings":{"template_id":3}}]`,
		`[{"elType":"widget","widgetType":"slides","settings":{"slides":[{"heading":"a","link":[]}]}}]`, `[{"elType":"widget","widgetType":"x","settings":{"a":[{"b":[{"c":"<p>d</p>"}]}]}}]`} {
		f.Add(data, "text-editor", "<p>Some words</p>")
	}
	f.Add(`[]`, "acme", "A [gallery]")
	f.Fuzz(func(t *testing.T, data, widget, words string) {
		if text, _, ok := Elementor(data, shelf); ok {
			HTML(text, shelf)
		}
		if silentWidgets[widget] {
			return
		}
		b, err := json.Marshal([]any{map[string]any{"elType": "widget", "widgetType": widget, "settings": map[string]any{"title": "Atitle", "editor": words, "text": "Atext"}}})
		if err != nil {
			t.Fatal(err)
		}
		text, _, ok := Elementor(string(b), shelf)
		if !ok {
			t.Fatalf("%s cannot be read", b)
		}
		if widgets[widget] == nil && (!strings.Contains(text, "Atitle") || !strings.Contains(text, "Atext")) {
			t.Errorf("%s: no texts in %q", b, text)
		}
	})
}
