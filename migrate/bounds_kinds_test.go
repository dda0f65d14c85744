package migrate_test

import (
	"fmt"
	"strconv"
	"strings"
)

// costly are feeds of about n bytes, each made to cost more than it should.
var costly = map[string]func(n int) string{
	"ragged table": func(n int) string {
		n /= 29
		return rssBody("<table>" + strings.Repeat("<tr><td>a</td></tr>", n) + "<tr>" + strings.Repeat("<td>b</td>", n) + "</tr></table>")
	},
	"ragged first": func(n int) string {
		n /= 29
		return rssBody("<table><tr>" + strings.Repeat("<td>b</td>", n) + "</tr>" + strings.Repeat("<tr><td>a</td></tr>", n) + "</table>")
	},
	"ragged colspan": func(n int) string {
		return rssBody("<table>" + rep(n/2, "<tr><td colspan=50>a</td></tr>") + "<tr>" + rep(n/2, "<td>b</td>") + "</table>")
	},
	"rowspan": func(n int) string {
		return rssBody("<table>" + rep(n, "<tr><td rowspan=65534>a</td><td>b</td></tr>") + "</table>")
	},
	"rowspan row": func(n int) string {
		return rssBody("<table><tr>" + rep(n/2, "<td rowspan=65534>a</td>") + "</tr>" + rep(n/2, "<tr><td>a</td></tr>") + "</table>")
	},
	"rowspan one": func(n int) string {
		return rssBody("<table>" + rep(n, "<tr><td rowspan=65534>a</td></tr>") + "</table>")
	},
	"table staircase": func(n int) string {
		var b strings.Builder
		for i := 1; b.Len() < n; i++ {
			b.WriteString("<tr>" + strings.Repeat("<td>a", i))
		}
		return rssBody("<table>" + b.String())
	},
	"table row":            func(n int) string { return rssBody("<table><tr>" + rep(n, "<td>a</td>")) },
	"nested tables":        func(n int) string { return rssBody(rep(n, "<table><tr><td>a</td><td>")) },
	"nested layout tables": func(n int) string { return rssBody(rep(n, rep(4000, "<table><tr><td>")+rep(4000, "</table>"))) },
	"table of tables": func(n int) string {
		return rssBody("<table>" + rep(n, "<tr><td>x<td><table><tr><td>a</td><td>b</td></tr></table></td></tr>"))
	},
	"table captions":        func(n int) string { return rssBody("<table>" + rep(n, `<caption>a</caption>`) + "<tr><td>a<td>b") },
	"table cells of breaks": func(n int) string { return rssBody("<table><tr><td>a<td>" + rep(n, "a<br>")) },
	"table cells of images": func(n int) string { return rssBody("<table><tr><td>a<td>" + rep(n, "<img src=a.png>")) },
	"tables of code":        func(n int) string { return rssBody("<table>" + rep(n, "<tr><td>1</td><td><pre>b</pre></td></tr>")) },
	"linked notes": func(n int) string {
		n /= 90
		return rssBody(counted(n, func(i int) string {
			return fmt.Sprintf(`<p>a<sup><a id="r%d" href="#n%d">%d</a></sup></p>`, i, i, i%999)
		}) + "<ol>" +
			counted(n, func(i int) string { return fmt.Sprintf(`<li id="n%d">t <a href="#r%d">b</a></li>`, i, i) }) + "</ol>")
	},
	"linked notes p": func(n int) string {
		n /= 90
		return rssBody(counted(n, func(i int) string {
			return fmt.Sprintf(`<p>a<sup><a id="r%d" href="#n%d">%d</a></sup></p>`, i, i, i%999)
		}) +
			counted(n, func(i int) string { return fmt.Sprintf(`<p id="n%d">t <a href="#r%d">b</a></p>`, i, i) }))
	},
	"linked notes one p": func(n int) string {
		n /= 90
		return rssBody("<p>" + counted(n, func(i int) string { return fmt.Sprintf(`a<sup><a id="r%d" href="#n%d">%d</a></sup>`, i, i, i%999) }) + "</p>" +
			counted(n, func(i int) string { return fmt.Sprintf(`<p id="n%d">t <a href="#r%d">b</a></p>`, i, i) }))
	},
	"marks of one note": func(n int) string {
		return rssBody(num(n, `<a id="r%d" href="#n">1</a> `) + `<p id=n>` + num(n, `<a href="#r%d">b</a>`) + `</p>`)
	},
	"marks of one note, none back": func(n int) string {
		return rssBody(num(n, `<a id="r%d" href="#n">1</a> `) + `<p id=n>` + num(n, `<a href="#q%d">b</a>`) + `</p>`)
	},
	"fn notes": func(n int) string {
		n /= 90
		return rssBody(counted(n, func(i int) string {
			return fmt.Sprintf(`<p>a<sup id="fnref:%d"><a href="#fn:%d">%d</a></sup></p>`, i, i, i)
		}) + "<ol>" +
			counted(n, func(i int) string { return fmt.Sprintf(`<li id="fn:%d">t <a href="#fnref:%d">b</a></li>`, i, i) }) + "</ol>")
	},
	"fn notes own lists": func(n int) string {
		n /= 90
		return rssBody(counted(n, func(i int) string {
			return fmt.Sprintf(`<p>a<sup id="fnref:%d"><a href="#fn:%d">%d</a></sup></p>`, i, i, i)
		}) + "<div>" +
			counted(n, func(i int) string {
				return fmt.Sprintf(`<ol><li id="fn:%d">t <a href="#fnref:%d">b</a></li></ol>`, i, i)
			}) + "</div>")
	},
	"long inline marks": func(n int) string {
		return rssBody("<b>" + num(n/2, `<a href="#n%d" id=r%d>1</a>`) + "</b>" + num(n/2, "<p id=n%d><a href=#r%d>1</a>"))
	},
	"posts of one title": func(n int) string {
		return `<rss version="2.0"><channel><title>b</title>` + num(n, `<item><title>Same</title><guid isPermaLink="false">%d</guid><description>post %d</description></item>`) + `</channel></rss>`
	},
	"categories":           func(n int) string { return rssItem(num(n, `<category>c%d</category>`), "x") },
	"same categories":      func(n int) string { return rssItem(rep(n, `<category>c</category>`), "x") },
	"one category of tags": func(n int) string { return rssItem(`<category>`+num(n, "c%d,")+`</category>`, "x") },
	"authors":              func(n int) string { return rssItem(num(n, `<dc:creator>a%d</dc:creator>`), "x") },
	"author elements":      func(n int) string { return rssItem(num(n, `<author>a%d@b.example (A %d)</author>`), "x") },
	"enclosures": func(n int) string {
		return rssItem(num(n, `<enclosure url="https://b.example/%d.mp3" type="audio/mpeg" length="1"/>`), "x")
	},
	"media": func(n int) string {
		return rssItem(num(n, `<media:content url="https://b.example/%d.png" medium="image"/>`), "x")
	},
	"long title": func(n int) string { return rssItem("<title>"+rep(n, `word `)+"</title>", "x") },
	"long description markup": func(n int) string {
		return rssItem("<description><![CDATA["+rep(n, `<b>word</b> `)+"]]></description>", "")
	},
	"extensions":            func(n int) string { return rssItem(num(n, `<x:e%d xmlns:x="http://x.example/">a</x:e%d>`), "x") },
	"attributes of an item": func(n int) string { return rssItem("<category "+num(n, `a%d="b" `)+">x</category>", "x") },
	"cdata sections":        func(n int) string { return rssItem("<description>"+rep(n, `<![CDATA[a]]>`)+"</description>", "") },
	"cdata nested ends": func(n int) string {
		return rssItem("<description>"+rep(n, `<![CDATA[<![CDATA[x]]>y`)+"</description>", "")
	},
	"cdata nested no ends": func(n int) string { return rssItem(rep(n, `<a><![CDATA[<![CDATA[x]]>y`), "") },
	"xml comments":         func(n int) string { return rssItem(rep(n, `<!-- a -->`), "x") },
	"xml lt":               func(n int) string { return rssItem("<description>"+rep(n, `a < b `)+"</description>", "x") },
	"xml entities": func(n int) string {
		return rssItem("<description>"+rep(n, `&nbsp;&eacute;&foo;&#1;`)+"</description>", "x")
	},
	"json tags":    func(n int) string { return jsonItem(`"tags":[`+num(n, `"t%d",`)+`"z"],`, "x") },
	"json authors": func(n int) string { return jsonItem(`"authors":[`+num(n, `{"name":"t%d"},`)+`{"name":"z"}],`, "x") },
	"json attachments": func(n int) string {
		return jsonItem(`"attachments":[`+num(n, `{"url":"https://b.example/%d.mp3","mime_type":"audio/mpeg"},`)+`{"url":"https://b.example/z.mp3","mime_type":"audio/mpeg"}],`, "x")
	},
	"json unknown members": func(n int) string { return jsonItem(num(n, `"_x%d":1,`), "x") },
	"json text": func(n int) string {
		return strings.Replace(jsonItem("", rep(n, "a\n\n")), "content_html", "content_text", 1)
	},
	"atom links many": func(n int) string {
		return `<feed xmlns="http://www.w3.org/2005/Atom"><title>b</title><id>b</id><entry><id>1</id><title>x</title>` + num(n, `<link href="https://b.example/%d"/>`) + `<content type="text">x</content></entry></feed>`
	},
	"atom categories": func(n int) string {
		return `<feed xmlns="http://www.w3.org/2005/Atom"><title>b</title><id>b</id><entry><id>1</id><title>x</title><link href="https://b.example/x"/>` + num(n, `<category term="%d"/>`) + `<content type="text">x</content></entry></feed>`
	},
	"atom authors": func(n int) string {
		return `<feed xmlns="http://www.w3.org/2005/Atom"><title>b</title><id>b</id><entry><id>1</id><title>x</title><link href="https://b.example/x"/>` + num(n, `<author><name>%d</name></author>`) + `<content type="text">x</content></entry></feed>`
	},
	"paragraphs":              func(n int) string { return rssBody(rep(n, "<p>some words</p>")) },
	"one word":                func(n int) string { return rssBody(rep(n, "a")) },
	"nested lists":            func(n int) string { return rssBody(rep(n, "<ul><li>a")) },
	"nested lists long":       func(n int) string { return rssBody(rep(900, "<ul><li>a") + rep(n, "<li>b")) },
	"jumping numbers":         func(n int) string { return rssBody("<ol>" + rep(n, "<li value=5>a</li>") + "</ol>") },
	"many lists":              func(n int) string { return rssBody(rep(n, "<ol><li>a</li></ol>")) },
	"stray items":             func(n int) string { return rssBody(rep(n, "<li>a</li>x")) },
	"text in lists":           func(n int) string { return rssBody("<ul>" + rep(n, "<p>a</p>")) },
	"lists in lists":          func(n int) string { return rssBody("<ul>" + rep(n, "<ul><li>a</li></ul>")) },
	"nested quotes":           func(n int) string { return rssBody(rep(n, "<blockquote>a")) },
	"nested divs closed":      func(n int) string { return rssBody(rep(n, rep(2000, "<div>a")+rep(2400, "</div>"))) },
	"nested spans":            func(n int) string { return rssBody(rep(n, "<span>a")) },
	"emphasis":                func(n int) string { return rssBody("<p>" + rep(n, "<b>a</b>b<i>c</i>")) },
	"emphasis nested":         func(n int) string { return rssBody("<p>" + rep(n, "<b><i><s>a")) },
	"emphasis misnested":      func(n int) string { return rssBody("<p>" + rep(n, "<b>a<i>b</b>c</i>")) },
	"emphasis adoption 2":     func(n int) string { return rssBody(rep(n, "<a><b><i><p></a>")) },
	"emphasis punctuation":    func(n int) string { return rssBody("<p>" + rep(n, "a<b>,</b>b")) },
	"emphasis punct runs":     func(n int) string { return rssBody("<p>a<b>" + rep(n, ",") + "</b>b") },
	"emphasis and paragraphs": func(n int) string { return rssBody("<p><b><i><s>" + rep(n, "<div>a</div>")) },
	"stars 2":                 func(n int) string { return rssBody(rep(n, "**a*b")) },
	"underscores":             func(n int) string { return rssBody(rep(n, "_a_b ")) },
	"long hashes":             func(n int) string { return rssBody("<h2>" + rep(n, "#")) },
	"dollars":                 func(n int) string { return rssBody(rep(n, "$a$ ")) },
	"latex open":              func(n int) string { return rssBody(rep(n, `\(a \[`)) },
	"links body":              func(n int) string { return rssBody(num(n, `<a href="https://x.example/%d">a</a> `)) },
	"links long":              func(n int) string { return rssBody(`<a href="https://x.example/` + rep(n, "a(") + `">a</a> `) },
	"links within":            func(n int) string { return rssBody(num(n, `<a href="#h%d">a</a> `) + num(n, `<h2 id="h%d">a</h2>`)) },
	"links to one":            func(n int) string { return rssBody(rep(n, `<a href="#h">a</a> `) + `<h2 id="h">a</h2>`) },
	"links title":             func(n int) string { return rssBody(`<a href="/a" title="` + rep(n, `a* `) + `">a</a>`) },
	"link of blocks":          func(n int) string { return rssBody(`<a href="/a">` + rep(n, `<p>a</p>`)) },
	"headings same":           func(n int) string { return rssBody(rep(n, `<h2>a</h2>`)) },
	"headings ids a-N": func(n int) string {
		return rssBody(num(n/3, `<a href="#a-%d">x</a><a href="#a.%d">x</a>`) + num(n/3, `<h2 id="a-%d">a</h2>`) + num(n/3, `<h2 id="a.%d">a</h2>`))
	},
	"heading of blocks": func(n int) string { return rssBody("<h2>" + rep(n, `<p>a</p><img src=a.png>`) + "</h2>") },
	"pictures one name": func(n int) string { return rssBody(num(n, `<img src="https://x.example/%d/a.png">`)) },
	"pictures same":     func(n int) string { return rssBody(rep(n, `<img src="https://x.example/a.png">`)) },
	"pictures in one link": func(n int) string {
		return rssBody(`<a href="https://x.example/a.png">` + rep(n, `<img src="https://x.example/a.png">`))
	},
	"pictures in one picture": func(n int) string {
		return rssBody(`<picture>` + rep(n, `<source srcset="https://x.example/a.png"><img src="https://x.example/a.png">`))
	},
	"sources of a picture": func(n int) string {
		return rssBody(`<picture>` + num(n, `<source srcset="https://x.example/%d.png">`) + "<img src=a.png></picture>")
	},
	"sources of a video": func(n int) string {
		return rssBody(`<video>` + num(n, `<source src="https://x.example/%d.mp4">`) + "</video>")
	},
	"noscript twins": func(n int) string {
		return rssBody(num(n, `<img data-src="https://x.example/%d.png"><noscript><img src="https://x.example/%d.png"></noscript>`))
	},
	"figure of figures": func(n int) string { return rssBody(rep(n, `<figure><img src="https://x.example/a.png"><figcaption>a`)) },
	"srcset": func(n int) string {
		return rssBody(`<img src="a.png" srcset="` + num(n, `https://x.example/a%d.png %dw, `) + `">`)
	},
	"lazy attributes":         func(n int) string { return rssBody(`<img ` + num(n, `data-src%d="https://x.example/a%d.png" `) + `>`) },
	"data addresses":          func(n int) string { return rssBody(rep(n, `<img src="data:image/png;base64,iVBORw0KGgo=">`)) },
	"long data address":       func(n int) string { return rssBody(`<img src="data:image/png;base64,` + rep(n, "iVBO") + `">`) },
	"alt":                     func(n int) string { return rssBody(`<img src="a.png" alt="` + rep(n, "a *b* [") + `">`) },
	"attributes":              func(n int) string { return rssBody(`<p ` + num(n, "a%d=b ") + `>x</p>`) },
	"style":                   func(n int) string { return rssBody(`<p style="` + rep(n, "color:red;") + `">x</p>`) },
	"class":                   func(n int) string { return rssBody(`<div class="` + num(n, "c%d ") + `">x</div>`) },
	"definition lists nested": func(n int) string { return rssBody(rep(n, "<dl><dt>a</dt><dd>b")) },
	"breaks text":             func(n int) string { return rssBody("<p>" + rep(n, "a<br>")) },
	"breaks in pre":           func(n int) string { return rssBody("<pre>" + rep(n, "a<br>")) },
	"entities":                func(n int) string { return rssBody(rep(n, "&amp;nbsp; &eacute;&copy")) },
	"comments":                func(n int) string { return rssBody(rep(n, "a<!-- b -->")) },
	"comments open":           func(n int) string { return rssBody(rep(n, "<!-- b ")) },
	"code spans ticks growing": func(n int) string {
		var b strings.Builder
		for i := 1; b.Len() < n; i++ {
			b.WriteString("<code>x" + strings.Repeat("`", i) + "y</code> ")
		}
		return rssBody("<p>" + b.String())
	},
	"code blocks":          func(n int) string { return rssBody(rep(n, "<pre><code>a</code></pre>")) },
	"code blocks of ticks": func(n int) string { return rssBody("<pre><code>" + rep(n, "`")) },
	"code lines of spans":  func(n int) string { return rssBody("<pre><code>" + rep(n, "<span class=line>a</span>\n")) },
	"code in lists":        func(n int) string { return rssBody(rep(200, "<ul><li>") + "<pre>" + rep(n, "a\n")) },
	"code shortcodes":      func(n int) string { return rssBody("<pre><code>" + rep(n, "{{&lt; a &gt;}}")) },
	"code shortcodes open": func(n int) string { return rssBody("<pre><code>" + rep(n, "{{&lt; a ")) },
	"text shortcodes open": func(n int) string { return rssBody(rep(n, "{{&lt; a {% {# ")) },
	"braces":               func(n int) string { return rssBody(rep(n, "{")) },
	"nested pre":           func(n int) string { return rssBody(rep(n, "<pre>a")) },
	"brackets closed":      func(n int) string { return rssBody(rep(n/2, "[") + rep(n/2, "]")) },
	"image brackets":       func(n int) string { return rssBody(rep(n, "![")) },
	"foot marks lines":     func(n int) string { return rssBody(num(n, "<p>[^%d]: a")) },
	"mail long":            func(n int) string { return rssBody(rep(n, "a@")) },
	"urls long":            func(n int) string { return rssBody(rep(n, "https://a.example/")) },
	"colons http":          func(n int) string { return rssBody(rep(n, "http:")) },
	"lt tags":              func(n int) string { return rssBody(rep(n, "&lt;a href=")) },
	"backslashes br":       func(n int) string { return rssBody(rep(n, "\\<br>")) },
	"details nested":       func(n int) string { return rssBody(rep(n, "<details><summary>a</summary>b")) },
	"ruby":                 func(n int) string { return rssBody("<ruby>" + rep(n, "a<rp>(</rp><rt>b</rt><rp>)</rp>")) },
	"sup nested":           func(n int) string { return rssBody(rep(n, "x<sup>2")) },
	"frames in a line": func(n int) string {
		return rssBody("<p>" + num(n, `a<iframe src="https://www.youtube.com/embed/a%d"></iframe>`))
	},
	"frames in a cell": func(n int) string {
		return rssBody("<table><tr><td>x<td>" + num(n, `a<iframe src="https://www.youtube.com/embed/a%d"></iframe>`))
	},
	"script texts open": func(n int) string { return rssBody(rep(n, `<p>google_ad_client = "`)) },
	"forms":             func(n int) string { return rssBody(rep(n, `<form><input type=checkbox>a`)) },
	"svg":               func(n int) string { return rssBody(rep(n, `<svg><g>`)) },
	"font p":            func(n int) string { return rssBody(rep(n, `<font color=red>a<p>`)) },
	"end tags deep":     func(n int) string { return rssBody(rep(1500, "<div>") + rep(n, `</p></b>`)) },
	"spaces":            func(n int) string { return rssBody("a" + rep(n, ` `) + "b") },
	"newlines":          func(n int) string { return rssBody("a" + rep(n, "\n\n") + "b") },
	"counters nested": func(n int) string {
		return rssBody("<div>" + rep(n, `<div></div><img src="https://stats.wordpress.com/b.gif">`))
	},
	"counters after many": func(n int) string {
		return rssBody("<p>" + rep(n/2, "<i></i>") + rep(n/2, `<img src="https://stats.wordpress.com/b.gif">`))
	},
	"farewell empties": func(n int) string {
		return rssBody("<p>a</p><p>" + rep(n, `<i></i>`) + "<a href=https://b.example/x>x</a>")
	},
	"wxr categories": func(n int) string {
		return wxrItem(num(n, `<category domain="post_tag" nicename="c%d"><![CDATA[c%d]]></category>`), "x")
	},
	"wxr metas": func(n int) string {
		return wxrItem(num(n, `<wp:postmeta><wp:meta_key>k%d</wp:meta_key><wp:meta_value>v</wp:meta_value></wp:postmeta>`), "x")
	},
	"wxr shortcodes":         func(n int) string { return wxrItem("", rep(n, "[youtube a] ")) },
	"wxr shortcodes open":    func(n int) string { return wxrItem("", rep(n, "[caption a]")) },
	"wxr shortcodes unknown": func(n int) string { return wxrItem("", num(n, "[foo%d a=b]")) },
	"wxr escaped a":          func(n int) string { return wxrItem("", rep(n, "[[a ")) },
	"wxr captions nested":    func(n int) string { return wxrItem("", rep(n/2, `[caption]`)+rep(n/2, "[/caption]")) },
	"wxr codes many names":   func(n int) string { return wxrItem("", rep(n, `[code][php][sourcecode][python]`)) },
	"wxr blocks open":        func(n int) string { return wxrItem("", rep(n, "<!-- wp:group -->")) },
	"wxr blocks json open":   func(n int) string { return wxrItem("", rep(n, `<!-- wp:code {"a":`)) },
	"wxr lt a quote":         func(n int) string { return wxrItem("", rep(n, "<a b=\"")) },
	"wxr footnotes": func(n int) string {
		return wxrItem(`<wp:postmeta><wp:meta_key>footnotes</wp:meta_key><wp:meta_value><![CDATA[[`+num(n/2, `{"content":"a","id":"n%d"},`)+`{"content":"a","id":"z"}]]]></wp:meta_value></wp:postmeta>`, num(n/2, `a<sup data-fn="n%d" class="fn"><a href="#n%d" id="n%d-link">1</a></sup> `))
	},
	"wxr gallery":    func(n int) string { return wxrItem("", `[gallery ids="`+num(n, "%d,")+`"]`) },
	"wxr latex open": func(n int) string { return wxrItem("", rep(n, `$latex a `)) },
}

// rssBody is an RSS feed of one item whose content is HTML.
func rssBody(html string) string { return rssItem("", html) }

func rssItem(more, html string) string {
	return `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>b</title><link>https://b.example/</link>` +
		`<item><title>x</title><link>https://b.example/x</link><guid>g</guid><pubDate>Mon, 01 Jan 2024 00:00:00 GMT</pubDate>` + more + `<content:encoded><![CDATA[` + strings.ReplaceAll(html, "]]>", "]]]]><![CDATA[>") + `]]></content:encoded></item></channel></rss>`
}

func rep(n int, unit string) string { return strings.Repeat(unit, n/len(unit)+1) }

// num repeats a unit in which %[1]d is a number.
func num(n int, format string) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		b.WriteString(strings.ReplaceAll(format, "%d", strconv.Itoa(i)))
	}
	return b.String()
}

func counted(n int, f func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(f(i))
	}
	return b.String()
}

func wxrItem(more, text string) string {
	return `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>b</title><link>https://b.example/</link><wp:wxr_version>1.2</wp:wxr_version>` +
		`<item><title>x</title><link>https://b.example/x</link><guid>g</guid><wp:post_id>1</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status><wp:post_date_gmt>2024-01-01 00:00:00</wp:post_date_gmt>` + more + `<content:encoded><![CDATA[` + text + `]]></content:encoded></item></channel></rss>`
}

func jsonItem(more, html string) string {
	return `{"version":"https://jsonfeed.org/version/1.1","title":"b","items":[{"id":"1","url":"https://b.example/x","title":"x",` + more + `"content_html":` + strconv.Quote(html) + `}]}`
}
