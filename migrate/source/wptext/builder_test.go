package wptext

import (
	"encoding/base64"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// TestBuilders translates what page builders write.
func TestBuilders(t *testing.T) {
	t.Parallel()
	raw := base64.StdEncoding.EncodeToString([]byte(url.PathEscape("<p>Raw</p>\n<p>HTML</p>")))
	dynamic := "@ET-DC@" + base64.StdEncoding.EncodeToString([]byte(`{"dynamic":true,"content":"post_title","settings":{"before":"On ","after":""}}`)) + "@"
	const seven = `<figure class="wp-caption"><img src="https://w.example/u/seven.jpg" alt="Seven"/><figcaption class="wp-caption-text">The seventh</figcaption></figure>`
	const bare7 = `<figure class="wp-caption"><img src="https://w.example/u/seven.jpg" alt="Seven"/></figure>`
	const eight = `<figure class="wp-caption"><img src="https://w.example/u/eight.jpg" alt=""/></figure>`
	for _, c := range []struct {
		name, text, want string
		losses           []string
	}{
		{name: "Divi: boxes", text: `[et_pb_section fb_built="1"][et_pb_row][et_pb_column type="4_4"][et_pb_text]<p>One.</p>[/et_pb_text][/et_pb_column][/et_pb_row][/et_pb_section]`, want: "<p>One.</p>"},
		{name: "Divi: text without paragraphs", text: "[et_pb_text admin_label=\"Text\"]\nOne\n\nTwo\n[/et_pb_text][et_pb_text]Three[/et_pb_text]", want: "<p>One</p><p>Two</p><p>Three</p>"},
		{name: "Divi: in blocks", text: "<!-- wp:divi/placeholder -->[et_pb_text]One\n\nTwo[/et_pb_text]<!-- /wp:divi/placeholder -->", want: "<p>One</p><p>Two</p>"},
		{name: "Divi: boxes that are not closed", text: `[et_pb_row][et_pb_cta title="Do" button_text="Go" button_url="https://a.example/"]x`, want: `<h2>Do</h2><p><a href="https://a.example/">Go</a></p><p>x</p>`},
		{name: "Divi: boxes that are closed twice", text: `[/et_pb_row]One[/et_pb_text][/et_pb_text]`, want: "<p>One</p>"},
		{name: "Divi: image", text: `[et_pb_image src="https://a.example/b.jpg" alt="B" title_text="b" url="https://a.example/" /]`, want: `<figure class="wp-caption"><a href="https://a.example/"><img src="https://a.example/b.jpg" alt="B"/></a></figure>`},
		{name: "Divi: marks in attributes", text: `[et_pb_blurb title="Say %22hi%22 to %91us%93, it’s “fine”" header_level="h3"]x[/et_pb_blurb]`, want: `<h3>Say &#34;hi&#34; to [us], it’s “fine”</h3><p>x</p>`},
		{name: "Divi: gallery", text: `[et_pb_gallery gallery_ids="7,8"][/et_pb_gallery]`, want: seven + eight},
		{name: "Divi: gallery with a lost picture", text: `[et_pb_gallery gallery_ids="8,99"]`, want: eight, losses: []string{"a picture of a gallery that the export does not hold: 99"}},
		{name: "Divi: video", text: `[et_pb_video src="https://youtu.be/abcdefghijk" image_src="https://a.example/p.jpg"]`, want: `<div class="wp-block-embed__wrapper">https://youtu.be/abcdefghijk</div><p><img src="https://a.example/p.jpg" alt=""/></p>`},
		{name: "Divi: code", text: "[et_pb_code]<table><!-- [et_pb_line_break_holder] --><tr><!-- [et_pb_line_break_holder] --><td>a</td></tr></table>[/et_pb_code]", want: "<table><tbody><tr><td>a</td></tr></tbody></table>"},
		{name: "Divi: testimonial", text: `[et_pb_testimonial author="Ann" job_title="Keeper" portrait_url="https://a.example/p.jpg"]Good.[/et_pb_testimonial]`,
			want: `<figure class="wp-caption"><img src="https://a.example/p.jpg" alt="Ann"/></figure><blockquote><p>Good.</p><p>Ann, Keeper</p></blockquote>`},
		{name: "Divi: two buttons", text: `[et_pb_fullwidth_header title="A" subhead="B" button_one_text="C" button_one_url="https://a.example/c" button_two_text="D" button_two_url="https://a.example/d"]E[/et_pb_fullwidth_header]`,
			want: `<h1>A</h1><p>B</p><p>E</p><p><a href="https://a.example/c">C</a></p><p><a href="https://a.example/d">D</a></p>`},
		{name: "Divi: a background and its copy", text: `[et_pb_section background_image="https://a.example/b.jpg" background_image_phone="https://a.example/c.jpg"]x[/et_pb_section]`,
			want: `<p><img src="https://a.example/b.jpg" alt=""/></p><p><img class="wp-builder-copy" src="https://a.example/c.jpg" alt=""/></p><p>x</p>`},
		{name: "Divi: switched off", text: `[et_pb_text disabled="on"]x[/et_pb_text]`, want: `<div class="wp-builder-hidden"><p>x</p></div>`},
		{name: "Divi: from elsewhere", text: `[et_pb_blurb title="` + dynamic + `"]x[/et_pb_blurb]`, want: `<h4>On</h4><p>x</p>`},
		{name: "Divi: filled by WordPress", text: `[et_pb_blog include_categories="3" /][et_pb_sidebar]`, losses: []string{"blocks that WordPress fills when it shows the page: et_pb_blog"}},
		{name: "Divi: blocks", text: `<!-- wp:divi/section {"builderVersion":"5.0.0"} --><!-- wp:divi/text {"content":{"innerContent":{"desktop":{"value":"\u003cp\u003eTwo\u003c/p\u003e"}}}} /-->` +
			`<!-- wp:divi/image {"image":{"innerContent":{"desktop":{"value":{"src":"https://a.example/b.jpg","alt":"B"}}}}} /--><!-- wp:divi/button {"button":{"innerContent":{"desktop":{"value":{"text":"Go","linkUrl":"https://a.example/"}}}}} /-->` +
			`<!-- wp:divi/blurb {"content":{"innerContent":{"desktop":{"value":"Four"}}},"title":{"innerContent":{"desktop":{"value":{"text":"Three"}}},"decoration":{"font":{"font":{"desktop":{"value":{"headingLevel":"h4"}}}}}}} /--><!-- /wp:divi/section -->`,
			want: `<p>Two</p><figure class="wp-caption"><img src="https://a.example/b.jpg" alt="B"/></figure><p><a href="https://a.example/">Go</a></p><h4>Three</h4><p>Four</p>`},
		{name: "Divi: a block that WordPress fills", text: `<!-- wp:divi/blog {"title":{}} /-->`, losses: []string{"blocks that WordPress fills when it shows the page: divi/blog"}},
		{name: "unknown tags", text: `[et_pb_new a="b"]x[/et_pb_new][et_pb_new a="c"][vc_new a="b"]`, want: `<p>[et_pb_new a=&#34;b&#34;]x[/et_pb_new][et_pb_new a=&#34;c&#34;][vc_new a=&#34;b&#34;]</p>`,
			losses: []string{"shortcodes are left as text: [et_pb_new], [vc_new]"}},
		{name: "an example of a tag", text: "Write [[vc_row]] or <code>[vc_row]</code>", want: "<p>Write [vc_row] or <code>[vc_row]</code></p>"},
		{name: "WPBakery: boxes", text: `[vc_row][vc_column width="1/2"][vc_column_text]One[/vc_column_text][/vc_column][vc_column width="1/2"][vc_column_text]Two[/vc_column_text][/vc_column][/vc_row]`, want: "<p>One</p><p>Two</p>"},
		{name: "WPBakery: heading", text: `[vc_custom_heading text="Swarm ` + "``so``" + `" font_container="tag:h3|text_align:left" link="url:https%3A%2F%2Fa.example%2F|title:A||"]`, want: `<h3><a href="https://a.example/">Swarm &#34;so&#34;</a></h3>`},
		{name: "WPBakery: image", text: `[vc_single_image image="7" img_size="full" onclick="link_image"]`, want: bare7},
		{name: "WPBakery: image with its caption", text: `[vc_single_image image="7" add_caption="yes"]`, want: seven},
		{name: "WPBakery: image elsewhere", text: `[vc_single_image source="external_link" custom_src="https://a.example/b.jpg" onclick="custom_link" link="https://a.example/"]`, want: `<figure class="wp-caption"><a href="https://a.example/"><img src="https://a.example/b.jpg" alt=""/></a></figure>`},
		{name: "WPBakery: lost image", text: `[vc_single_image image="99"]`, losses: []string{"a picture that the export does not hold: 99"}},
		{name: "WPBakery: gallery", text: `[vc_gallery images="7,8" title="All"]`, want: "<h2>All</h2>" + seven + eight},
		{name: "WPBakery: raw HTML", text: "[vc_raw_html]" + raw + "[/vc_raw_html]", want: "<p>Raw</p><p>HTML</p>"},
		{name: "WPBakery: button", text: `[vc_btn title="Go" style="flat" link="url:https%3A%2F%2Fa.example%2Fb%3Fc%3D1|title:Not%20this|target:%20_blank|"]`, want: `<p><a href="https://a.example/b?c=1">Go</a></p>`},
		{name: "WPBakery: video", text: `[vc_video link="https://vimeo.com/123"]`, want: `<div class="wp-block-embed__wrapper">https://vimeo.com/123</div>`},
		{name: "WPBakery: tabs", text: `[vc_tta_tabs][vc_tta_section title="One" tab_id="1"][vc_column_text]a[/vc_column_text][/vc_tta_section][vc_tta_section title="Two"]b[/vc_tta_section][/vc_tta_tabs]`, want: "<h4>One</h4><p>a</p><h4>Two</h4><p>b</p>"},
		{name: "WPBakery: message and line", text: `[vc_message message_box_style="solid"]<p>Look</p>[/vc_message][vc_separator color="grey"]`, want: "<p>Look</p><hr/>"},
		{name: "WPBakery: list", text: `[vc_progress_bar values="%5B%7B%22label%22%3A%22Wax%22%2C%22value%22%3A%2290%22%7D%5D" units="%"]`, want: "<ul><li>Wax 90</li></ul>"},
		{name: "WPBakery: background in a style", text: `[vc_row css=".vc_custom_1{background: #fff url(https://a.example/b.jpg?id=5) !important;}"]x[/vc_row]`, want: `<p><img src="https://a.example/b.jpg?id=5" alt=""/></p><p>x</p>`},
		{name: "Fusion: boxes", text: `[fusion_builder_container][fusion_builder_row][fusion_builder_column type="1_1"][fusion_text]<p>One</p>[/fusion_text][/fusion_builder_column][/fusion_builder_row][/fusion_builder_container]`, want: "<p>One</p>"},
		{name: "Fusion: title", text: `[fusion_title size="3"]<em>One</em>[/fusion_title]`, want: "<h3><em>One</em></h3>"},
		{name: "Fusion: image by its address", text: `[fusion_imageframe image_id="7|full" alt="B"]https://a.example/b.jpg[/fusion_imageframe]`, want: `<figure class="wp-caption"><img src="https://a.example/b.jpg" alt="B"/></figure>`},
		{name: "Fusion: image by its element", text: `[fusion_imageframe link="https://a.example/"]<img src="b.jpg">[/fusion_imageframe]`, want: `<figure class="wp-caption"><a href="https://a.example/"><img src="b.jpg"/></a></figure>`},
		{name: "Fusion: gallery", text: `[fusion_gallery image_ids="7"][/fusion_gallery]`, want: seven},
		{name: "Fusion: gallery of parts", text: `[fusion_gallery][fusion_gallery_image image="https://a.example/b.jpg" image_id="7|full" /][fusion_gallery_image image_id="8" /][/fusion_gallery]`, want: `<figure class="wp-caption"><img src="https://a.example/b.jpg" alt=""/></figure>` + eight},
		{name: "Fusion: code", text: "[fusion_code]" + base64.StdEncoding.EncodeToString([]byte("<b>Raw</b>")) + "[/fusion_code]", want: "<p><b>Raw</b></p>"},
		{name: "Fusion: code that is not encoded", text: "[fusion_code]<b>Raw</b> text[/fusion_code]", want: "<p><b>Raw</b> text</p>"},
		{name: "Fusion: videos", text: `[fusion_youtube id="abcdefghijk"][fusion_vimeo id="https://vimeo.com/12" /]`, want: `<div class="wp-block-embed__wrapper">https://www.youtube.com/watch?v=abcdefghijk</div><div class="wp-block-embed__wrapper">https://vimeo.com/12</div>`},
		{name: "Fusion: button and list", text: `[fusion_button link="https://a.example/"]Go[/fusion_button][fusion_checklist][fusion_li_item icon=""]One[/fusion_li_item][/fusion_checklist]`, want: `<p><a href="https://a.example/">Go</a></p><ul><li>One</li></ul>`},
		{name: "Fusion: within a line", text: `A [fusion_highlight color="red"]word[/fusion_highlight] here`, want: "<p>A word here</p>"},
		{name: "SiteOrigin: widgets", text: `[siteorigin_widget class="Image"]<input type="hidden" value="{&quot;instance&quot;:{&quot;image&quot;:8,&quot;title&quot;:&quot;One&quot;,&quot;frames&quot;:[{&quot;content&quot;:&quot;&lt;p&gt;Two&lt;\/p&gt;&quot;}]}}" />[/siteorigin_widget]`,
			want: `<p>One</p><p>Two</p>` + eight},
		{name: "Enfold", text: `[av_section color='main_color'][av_heading heading='Swarms' tag='h3'][/av_heading][av_one_half first]One[/av_one_half][av_textblock size='']Two[/av_textblock][av_image src='https://a.example/b.jpg' link='manually,https://a.example/'][/av_image][av_button label='Go' link='manually,https://a.example/c'][/av_section]`,
			want: `<h3>Swarms</h3><p>One</p><p>Two</p><figure class="wp-caption"><a href="https://a.example/"><img src="https://a.example/b.jpg" alt=""/></a></figure><p><a href="https://a.example/c">Go</a></p>`},
		{name: "Enfold: table and rule", text: `[av_table][av_row][av_cell]a[/av_cell][av_cell]b[/av_cell][/av_row][/av_table][av_hr class='invisible'][av_hr class='short']`, want: "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table><hr/>"},
		{name: "Enfold: what opens", text: `[av_toggle_container][av_toggle title='Ask?']Told.[/av_toggle][/av_toggle_container][av_testimonial_single name='Ann' subtitle='Keeper']Good.[/av_testimonial_single]`,
			want: "<h4>Ask?</h4><p>Told.</p><blockquote><p>Good.</p><p>Ann, Keeper</p></blockquote>"},
		{name: "Flatsome", text: `[section bg_color="#fff"][row][col span="6"]One[/col][col span="6"][ux_image id="7" link="https://a.example/"][title text="Two" tag_name="h3"][gap height="3px"][button text="Go" link="https://a.example/c"][/col][/row][/section]`,
			want: `<p>One</p><figure class="wp-caption"><a href="https://a.example/"><img src="https://w.example/u/seven.jpg" alt="Seven"/></a></figure><h3>Two</h3><p><a href="https://a.example/c">Go</a></p>`},
		{name: "Flatsome: what opens", text: `[accordion][accordion-item title="Ask?"]Told.[/accordion-item][/accordion][tabgroup][tab title="One"]a[/tab][/tabgroup][ux_video url="https://vimeo.com/12"]`,
			want: `<h4>Ask?</h4><p>Told.</p><h4>One</h4><p>a</p><div class="wp-block-embed__wrapper">https://vimeo.com/12</div>`},
		{name: "Cornerstone", text: `[cs_content][cs_section][cs_row][cs_column][x_custom_headline level="h3"]Swarms[/x_custom_headline][cs_text]One[/cs_text][x_blockquote cite="Ann"]Two[/x_blockquote][/cs_column][/cs_row][/cs_section][/cs_content]`,
			want: "<h3>Swarms</h3><p>One</p><blockquote><p>Two</p><p>Ann</p></blockquote>"},
		{name: "Shortcodes Ultimate", text: `[su_heading]Swarms[/su_heading][su_box title="Note"]One[/su_box][su_spoiler title="Ask?"]Told.[/su_spoiler] A [su_highlight]word[/su_highlight].[su_divider top="no"][su_youtube url="https://youtu.be/abcdefghijk"]`,
			want: `<h2>Swarms</h2><h4>Note</h4><p>One</p><h4>Ask?</h4><p>Told.</p><p>A word.</p><hr/><div class="wp-block-embed__wrapper">https://youtu.be/abcdefghijk</div>`},
		{name: "names of many themes", text: "[dropcap]A[/dropcap]lpha [highlight color=\"red\"]beta[/highlight].\n\n[divider]\n\n[box type=\"info\"]One[/box][button link=\"https://a.example/\"]Go[/button]", want: `<p>Alpha beta.</p><hr/><p>One</p><p><a href="https://a.example/">Go</a></p>`},
		{name: "names of many themes in prose", text: "Mind the [gap], press [button], see [section 4.2], [toc] and [row=2].", want: "<p>Mind the [gap], press [button], see [section 4.2], [toc] and [row=2].</p>"},
		{name: "columns of themes", text: `[one_half]One[/one_half][one_half_last]Two[/one_half_last]`, want: "<p>One</p><p>Two</p>"},
		{name: "a caption in a box", text: `[vc_column_text][caption id="a"]<img src="a.png"> Words[/caption][/vc_column_text]`, want: `<figure class="wp-caption"><img src="a.png"/><figcaption class="wp-caption-text">Words</figcaption></figure>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, losses := HTML(Readable(c.text), shelf)
			if got = seen(t, got); got != c.want || !slices.Equal(losses, c.losses) {
				t.Errorf("%s\n got %s\nwant %s\nlosses %q", c.text, got, c.want, losses)
			}
		})
	}
}

// FuzzBuilders asserts that what a part encloses is there, whatever its attributes say, and that
// no tag of it is left.
func FuzzBuilders(f *testing.F) {
	var names []string
	for name := range builders {
		names = append(names, name)
	}
	slices.Sort(names)
	for i := range names {
		f.Add(uint16(i), uint16(i+7), `title="A" image="7" url="https://a.example/b.png?c=%22d" button_text="B"`, "[caption]<img src=a>x[/caption]")
	}
	f.Add(uint16(3), uint16(9), `values="%5B%7B`, "</div>[/")
	f.Fuzz(func(t *testing.T, one, two uint16, attrs, text string) {
		a, b := names[int(one)%len(names)], names[int(two)%len(names)]
		HTML(Readable("["+a+" "+attrs+"]"+text+"["+b+" "+attrs+"/][/"+a+"]"), shelf)
		if strings.ContainsAny(attrs, "[]<>&\"'/@") || decoders[a] != nil || decoders[b] != nil {
			return
		}
		got, _ := HTML(Readable("Before ["+a+" title=\""+attrs+"\"]Inside["+b+"][/"+b+"][/"+a+"] behind"), shelf)
		for _, word := range []string{"Before", "Inside", "behind"} {
			if !strings.Contains(got, word) {
				t.Errorf("%s in %s: no %s: %q", b, a, word, got)
			}
		}
		if strings.Contains(got, "["+a) || strings.Contains(got, "[/"+a) {
			t.Errorf("%s is left: %q", a, got)
		}
	})
}
