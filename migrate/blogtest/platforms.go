package blogtest

import (
	"fmt"
	"time"
)

const namespaces = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"` +
	` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:media="http://search.yahoo.com/mrss/"` +
	` xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
`

// Platforms are those that blogs can be written for.
var Platforms = []Platform{forem, wordPress, wxr, substack, medium, ghost}

var forem = Platform{
	Name: "forem",
	head: namespaces + `<title>Forem: Ada</title><description>The latest articles on Forem by Ada (@ada).</description><link>https://forem.example/ada</link>`,
	item: func(p post) string {
		return fmt.Sprintf(`<item><title>%s</title><dc:creator>Ada</dc:creator><pubDate>%s</pubDate><link>https://forem.example/ada/%s-3kc7</link>`+
			`<guid>https://forem.example/ada/%[3]s-3kc7</guid><description>%s</description><category>%s</category></item>`+"\n",
			p.title, p.date.Format(time.RFC1123Z), p.slug, p.body, p.tag)
	},
	escaped: true,
	markup: markup{
		paragraph: "<p>%s</p>", heading: `<h2><a name="h" href="#h"></a>%s</h2>`, quote: "<blockquote>\n<p>%s</p>\n</blockquote>",
		code: "<div class=\"highlight js-code-highlight\">\n<pre class=\"highlight go\"><code>%s</code></pre>\n\n</div>",
		picture: `<p><a href="https://media2.dev.to/dynamic/image/width=800%%2Cheight=/https%%3A%%2F%%2Fdev-to-uploads.example%%2Fi%%2F%d-%d.png" class="article-body-image-wrapper">` +
			`<img src="https://media2.dev.to/dynamic/image/width=800%%2Cheight=/https%%3A%%2F%%2Fdev-to-uploads.example%%2Fi%%2F%[1]d-%[2]d.png" alt="%[3]s"></a></p>`,
		between: "\n\n", after: "<!-- %d -->",
	},
}

var wordPress = Platform{
	Name: "wordpress",
	head: namespaces + `<title>Owls</title><link>https://owl.example</link><generator>https://wordpress.org/?v=6.4</generator>`,
	item: func(p post) string {
		const last = `<p>The post <a href="https://owl.example/%[3]s/">%[1]s</a> appeared first on <a href="https://owl.example">Owls</a>.</p>`
		return fmt.Sprintf(`<item><title>%s</title><link>https://owl.example/%[3]s/</link><dc:creator><![CDATA[ada]]></dc:creator><pubDate>%[2]s</pubDate>`+
			`<category><![CDATA[%[5]s]]></category><guid isPermaLink="false">https://owl.example/?p=%[6]d</guid>`+
			`<description><![CDATA[<p>%[7]s [&#8230;]</p>`+"\n"+last+`]]></description><content:encoded><![CDATA[%[4]s`+"\n"+last+`]]></content:encoded></item>`+"\n",
			p.title, p.date.Format(time.RFC1123Z), p.slug, p.body, p.tag, p.number, p.first)
	},
	markup: markup{
		paragraph: "<p>%s</p>", heading: `<h2 class="wp-block-heading">%s</h2>`, quote: `<blockquote class="wp-block-quote"><p>%s</p></blockquote>`,
		code: `<pre class="wp-block-code"><code>%s</code></pre>`,
		picture: `<figure class="wp-block-image size-large"><img decoding="async" src="https://owl.example/wp-content/uploads/2024/02/%d-%d-300x200.jpg" alt="%s" class="wp-image-7"` +
			` srcset="https://owl.example/wp-content/uploads/2024/02/%[1]d-%[2]d.jpg 1200w, https://owl.example/wp-content/uploads/2024/02/%[1]d-%[2]d-300x200.jpg 300w" /></figure>`,
		between: "\n\n\n\n", after: "<!-- %d -->",
	},
}

var wxr = Platform{
	Name: "wxr",
	head: namespaces + `<title>Owls</title><link>https://owl.example</link><wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://owl.example</wp:base_site_url>` +
		`<wp:base_blog_url>https://owl.example</wp:base_blog_url><wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[ada]]></wp:author_login>` +
		`<wp:author_display_name><![CDATA[Ada Moss]]></wp:author_display_name></wp:author><generator>https://wordpress.org/?v=6.4</generator>` + "\n",
	item: func(p post) string {
		return fmt.Sprintf(`<item><title><![CDATA[%s]]></title><link>https://owl.example/%[3]s/</link><pubDate>%[2]s</pubDate><dc:creator><![CDATA[ada]]></dc:creator>`+
			`<guid isPermaLink="false">https://owl.example/?p=%[7]d</guid><description></description><content:encoded><![CDATA[%[4]s]]></content:encoded>`+
			`<excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_id>%[7]d</wp:post_id><wp:post_date><![CDATA[%[6]s]]></wp:post_date><wp:post_date_gmt><![CDATA[%[6]s]]></wp:post_date_gmt>`+
			`<wp:post_name><![CDATA[%[3]s]]></wp:post_name><wp:status><![CDATA[publish]]></wp:status><wp:post_parent>0</wp:post_parent><wp:post_type><![CDATA[post]]></wp:post_type>`+
			`<category domain="category" nicename="%[5]s"><![CDATA[%[5]s]]></category></item>`+"\n",
			p.title, p.date.Format(time.RFC1123Z), p.slug, p.body, p.tag, p.date.Format(time.DateTime), p.number)
	},
	markup: markup{
		paragraph: "%s", heading: "<h2>%s</h2>", quote: "<blockquote>%s</blockquote>", code: "<pre>%s</pre>",
		picture: `[caption id="attachment_%[1]d%[2]d" align="left" width="300"]<img src="https://owl.example/wp-content/uploads/2024/02/%[1]d-%[2]d-300x200.jpg" alt="%[3]s" /> %[3]s[/caption]`,
		between: "\n\n", after: "<!-- %d -->",
	},
}

var substack = Platform{
	Name: "substack",
	head: namespaces + `<title>Crumbs</title><link>https://crumbs.example</link><generator>Substack</generator>`,
	item: func(p post) string {
		return fmt.Sprintf(`<item><title><![CDATA[%s]]></title><description><![CDATA[%[5]s]]></description><link>https://crumbs.example/p/%[3]s</link>`+
			`<guid isPermaLink="false">https://crumbs.example/p/%[3]s</guid><dc:creator><![CDATA[Ada]]></dc:creator><pubDate>%[2]s</pubDate>`+
			`<content:encoded><![CDATA[%[4]s]]></content:encoded></item>`+"\n", p.title, p.date.Format(time.RFC1123), p.slug, p.body, p.first)
	},
	markup: markup{
		paragraph: "<p>%s</p>", heading: `<h2 class="header-anchor-post">%s</h2>`, quote: "<blockquote><p>%s</p></blockquote>", code: "<pre><code>%s</code></pre>",
		picture: `<div class="captioned-image-container"><figure><a class="image-link image2" target="_blank" href="https://substackcdn.com/image/fetch/f_auto,q_auto:good,fl_progressive:steep/https%%3A%%2F%%2Fbucket.example%%2Fimages%%2F%d-%d.png">` +
			`<div class="image2-inset"><picture><source type="image/webp" srcset="https://substackcdn.com/image/fetch/w_424,c_limit,f_webp/https%%3A%%2F%%2Fbucket.example%%2Fimages%%2F%[1]d-%[2]d.png 424w,` +
			` https://substackcdn.com/image/fetch/w_1456,c_limit,f_webp/https%%3A%%2F%%2Fbucket.example%%2Fimages%%2F%[1]d-%[2]d.png 1456w" sizes="100vw">` +
			`<img src="https://substackcdn.com/image/fetch/w_1456,c_limit,f_auto/https%%3A%%2F%%2Fbucket.example%%2Fimages%%2F%[1]d-%[2]d.png" width="1456" height="816" class="sizing-normal" alt="%[3]s" title="" loading="lazy">` +
			`</picture><div></div></div></a><figcaption class="image-caption">%[3]s</figcaption></figure></div>`,
		after: `<p class="button-wrapper" data-attrs="{&quot;url&quot;:&quot;https://crumbs.example/subscribe?%d&quot;,&quot;text&quot;:&quot;Subscribe now&quot;}" data-component-name="ButtonCreateButton">` +
			`<a class="button primary" href="https://crumbs.example/subscribe?"><span>Subscribe now</span></a></p>`,
	},
}

var medium = Platform{
	Name: "medium",
	head: namespaces + `<title>Stories by Ada on Medium</title><link>https://medium.com/@ada?source=rss-1------2</link><generator>Medium</generator>`,
	item: func(p post) string {
		return fmt.Sprintf(`<item><title><![CDATA[%s]]></title><link>https://medium.com/@ada/%s-%s?source=rss-1------2</link><guid isPermaLink="false">https://medium.com/p/%[3]s</guid>`+
			`<category><![CDATA[%[6]s]]></category><dc:creator><![CDATA[Ada]]></dc:creator><pubDate>%[4]s</pubDate><content:encoded><![CDATA[%[5]s]]></content:encoded></item>`+"\n",
			p.title, p.slug, fmt.Sprintf("%012x", p.number+0xa0b1c2d3e4f), p.date.Format(time.RFC1123), p.body, p.tag)
	},
	markup: markup{
		paragraph: "<p>%s</p>", heading: "<h3>%s</h3>", quote: "<blockquote>%s</blockquote>", code: "<pre>%s</pre>",
		picture: `<figure><img alt="%[3]s" src="https://cdn-images-1.medium.com/max/1024/1*%[1]dx%[2]d.png" /><figcaption>%[3]s</figcaption></figure>`,
		after:   `<img src="https://medium.com/_/stat?event=post.clientViewed&referrerSource=full_rss&postId=%d" width="1" height="1" alt="">`,
	},
}

var ghost = Platform{
	Name: "ghost",
	head: namespaces + `<title>Lamps</title><link>https://lamps.example/</link><generator>Ghost 5.80</generator>`,
	item: func(p post) string {
		return fmt.Sprintf(`<item><title><![CDATA[%s]]></title><description><![CDATA[%[7]s]]></description><link>https://lamps.example/%[3]s/</link><guid isPermaLink="false">%024[6]x</guid>`+
			`<category><![CDATA[%[5]s]]></category><dc:creator><![CDATA[Ada]]></dc:creator><pubDate>%[2]s</pubDate><media:content url="https://lamps.example/content/images/2024/02/%[6]d.png" medium="image"/>`+
			`<content:encoded><![CDATA[%[4]s]]></content:encoded></item>`+"\n", p.title, p.date.Format(time.RFC1123), p.slug, p.body, p.tag, p.number, p.first)
	},
	markup: markup{
		paragraph: "<p>%s</p>", heading: `<h2 id="h">%s</h2>`, quote: "<blockquote>%s</blockquote>", code: `<pre><code class="language-go">%s</code></pre>`,
		picture: `<figure class="kg-card kg-image-card kg-card-hascaption"><img src="https://lamps.example/content/images/size/w1000/2024/02/%[1]d-%[2]d.png" class="kg-image" alt="%[3]s" loading="lazy" width="2000" height="1200"` +
			` srcset="https://lamps.example/content/images/size/w600/2024/02/%[1]d-%[2]d.png 600w, https://lamps.example/content/images/2024/02/%[1]d-%[2]d.png 2000w"><figcaption>%[3]s</figcaption></figure>`,
		after: "<!-- %d -->",
	},
}
