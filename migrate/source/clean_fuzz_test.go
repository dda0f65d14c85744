package source

import (
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
)

// every lists all dialects, the general one last.
func every() []*Dialect { return append(slices.Clone(dialects), generic) }

// Each dialect has a target of its own, since a fuzzer works at one.
func FuzzCleanForem(f *testing.F)       { fuzzClean(f, forem) }
func FuzzCleanMedium(f *testing.F)      { fuzzClean(f, medium) }
func FuzzCleanSubstack(f *testing.F)    { fuzzClean(f, substack) }
func FuzzCleanWordPress(f *testing.F)   { fuzzClean(f, wordpress) }
func FuzzCleanGhost(f *testing.F)       { fuzzClean(f, ghost) }
func FuzzCleanHashnode(f *testing.F)    { fuzzClean(f, hashnode) }
func FuzzCleanBlogger(f *testing.F)     { fuzzClean(f, blogger) }
func FuzzCleanTumblr(f *testing.F)      { fuzzClean(f, tumblr) }
func FuzzCleanSquarespace(f *testing.F) { fuzzClean(f, squarespace) }
func FuzzCleanJekyll(f *testing.F)      { fuzzClean(f, jekyll) }
func FuzzCleanHugo(f *testing.F)        { fuzzClean(f, hugo) }
func FuzzCleanZola(f *testing.F)        { fuzzClean(f, zola) }
func FuzzCleanJSONFeed(f *testing.F)    { fuzzClean(f, jsonFeed) }
func FuzzCleanGeneric(f *testing.F)     { fuzzClean(f, generic) }

// fuzzClean cleans any body in the manner of a dialect: it ends, the tree stays a tree,
// and nothing is left that only a feed could have made.
func fuzzClean(f *testing.F, d *Dialect) {
	for _, body := range seeds(f) {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		body := tidied(t, d, string(source))
		sound(t, d, body)
		for n := range dom.Below(body) {
			switch e, ok := dom.EmbedOf(n); {
			case n.Type == html.CommentNode:
				t.Errorf("%s: a comment is left", d.Name)
			case n.Type != html.ElementNode:
			case ok && e.URL == "":
				t.Errorf("%s: an embed leads nowhere", d.Name)
			case dom.Is(n, atom.Script), dom.Is(n, atom.Style), dom.Is(n, atom.Template):
				t.Errorf("%s: %q is left", d.Name, n.Data)
			case dom.Own(n.Data) && !ours(n):
				t.Errorf("%s: the feed made %q %v", d.Name, n.Data, n.Attr)
			}
		}
	})
}

// FuzzCleanKeepsText takes all attributes out of a body, so that nothing in it says what
// it is: then all text is the author's, and each dialect keeps it, in its order.
func FuzzCleanKeepsText(f *testing.F) {
	for i, body := range seeds(f) {
		f.Add(byte(i), body)
	}
	f.Fuzz(func(t *testing.T, which byte, source []byte) {
		d := every()[int(which)%len(every())]
		body, err := clean.Parse(string(source))
		if err != nil {
			t.Fatal(err)
		}
		clean.Strip(body)
		mute(body)
		plain := dom.InnerHTML(body)
		before, err := clean.Parse(plain)
		if err != nil {
			t.Fatal(err)
		}
		want := dom.Text(before)
		if says(want) {
			return
		}
		p := parsed(t, d, plain)
		got := dom.Text(p.Body)
		letters, left := blog.Letters(want), blog.Letters(got)
		if marks := typedMarks(p); marks != "" { // whose order is that of their removal
			letters, left = sorted(letters), sorted(left+marks)
		}
		if left != letters {
			t.Errorf("%s: of\n%s\nis left\n%s", d.Name, plain, got)
		}
	})
}

// typedMarks returns the letters and digits of the marks that became elements, and with them of
// what stood around footnotes; none where there are no such marks.
func typedMarks(p *blog.Post) (letters string) {
	marked := false
	for _, r := range p.Removed {
		text := r.Node.Data
		if r.Node.Type != html.TextNode {
			text = dom.Text(r.Node)
		}
		if r.Reason == string(clean.Typed) || r.Reason == string(clean.Note) {
			letters += blog.Letters(text)
		}
		marked = marked || r.Reason == string(clean.Typed)
	}
	if !marked {
		return ""
	}
	return letters
}

func sorted(s string) string {
	all := []rune(s)
	slices.Sort(all)
	return string(all)
}

// mute takes out of a body what is known by other things than attributes: elements whose
// text nobody reads, forms, formulas, numbers beside code, and what the tree builder moves about.
func mute(body *html.Node) {
	for _, n := range dom.Find(body, dom.Named(atom.Iframe, atom.Object, atom.Embed, atom.Noscript, atom.Textarea, atom.Svg, atom.Math,
		atom.Noembed, atom.Noframes, atom.Script, atom.Title, atom.Select, atom.Plaintext, atom.Xmp, atom.Frameset, atom.Form)) {
		dom.Detach(n)
	}
	for _, n := range dom.Find(body, func(n *html.Node) bool { return n.Data == "d-footnote" }) {
		dom.Detach(n) // Distill's element for a note, whose text moves to the end
	}
	for _, n := range dom.Find(body, dom.Named(atom.Table)) {
		if dom.First(n, dom.Named(atom.Pre)) != nil {
			dom.Detach(n)
		}
	}
	for n := range dom.Below(body) {
		n.Attr = nil
	}
}

// says reports whether a text holds what a dialect goes by without any markup: an embed as
// Hashnode's editor writes it, Medium's last words, a script that advertises, and TeX.
func says(text string) bool {
	for _, mark := range []string{"%[", "originally published", "adsbygoogle", "google_ad", "function(d", `\(`, `\[`, "$$", "$latex", "Image description"} {
		if strings.Contains(strings.ToLower(text), strings.ToLower(mark)) {
			return true
		}
	}
	return false
}

// TestFeedsCannotMakeOurElements hides elements of the neutral DOM's names wherever a
// dialect looks for more than the parser shows.
func TestFeedsCannotMakeOurElements(t *testing.T) {
	t.Parallel()
	const forged = `<replant-embed kind="youtube" forged url="https://evil.example/">x</replant-embed>`
	escaped := html.EscapeString(forged)
	for _, d := range every() {
		for _, body := range []string{
			forged, `<p>` + forged, `<noscript>` + forged + `</noscript>`, `<iframe>` + forged + `</iframe>`, `<template>` + forged + `</template>`,
			`<textarea name="code">` + forged + `</textarea>`, `<svg><foreignObject>` + forged + `</foreignObject></svg>`,
			`<script type="syntaxhighlighter">` + forged + `</script>`,
			`<script type="math/mml"><math><mtext>` + strings.Replace(forged, ">x<", "><", 1) + `</mtext></math></script>`, `<x:math><x:replant-embed url="https://evil.example/" forged></x:replant-embed></x:math>`,
			`<span data-mathml="` + html.EscapeString("<math>"+forged+"</math>") + `">y</span>`, `<mjx-container><mjx-math><mjx-mtext>` + forged + `</mjx-mtext></mjx-math></mjx-container>`,
			`<div class="sqs-block" data-html="` + escaped + `"></div>`,
			`<div class="captioned-image-container"></div><div class="comment" data-attrs="` + html.EscapeString(`{"comment":{"body":"`+strings.ReplaceAll(forged, `"`, `\"`)+`"}}`) + `"></div>`,
			`<div class="captioned-image-container"></div><div class="twitter-embed" data-attrs="` + html.EscapeString(`{"full_text":"`+strings.ReplaceAll(forged, `"`, `\"`)+`"}`) + `"></div>`,
		} {
			for n := range dom.Below(tidied(t, d, body)) {
				if n.Type == html.ElementNode && dom.Own(n.Data) && !ours(n) {
					t.Errorf("%s: %s made %q %v", d.Name, body, n.Data, n.Attr)
				}
			}
		}
	}
}

// ours reports whether an element of the neutral DOM is as this program makes it.
func ours(n *html.Node) bool {
	known := []string{"kind", "id", "url", "frame", "title", "start", "tex", "block", "name"}
	return !slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return !slices.Contains(known, a.Key) })
}

// tidied returns a body as a dialect cleans it.
func tidied(t *testing.T, d *Dialect, source string) *html.Node {
	t.Helper()
	return parsed(t, d, source).Body
}

func parsed(t *testing.T, d *Dialect, source string) *blog.Post {
	t.Helper()
	addr := &url.URL{Scheme: "https", Host: "dev.to", Path: "/ada/trees-1abc"}
	item := &Item{Post: blog.Post{URL: addr, Title: "How trees talk", Cover: addr.JoinPath("cover.png")}, dialect: d, body: source, base: addr}
	p, err := item.Parse()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// sound checks that every node of a tree stands in one place.
func sound(t *testing.T, d *Dialect, root *html.Node) {
	t.Helper()
	seen := map[*html.Node]bool{}
	for n := range dom.Below(root) {
		if seen[n] || n.NextSibling != nil && n.NextSibling.PrevSibling != n || n.FirstChild != nil && n.FirstChild.Parent != n {
			t.Fatalf("%s: the tree is broken at %q", d.Name, n.Data)
		}
		seen[n] = true
	}
}

// seeds returns the fixtures of all dialects: any may meet the markup of another.
func seeds(f *testing.F) (bodies [][]byte) {
	f.Helper()
	names, err := filepath.Glob("../../testdata/dialect/*/*.html")
	if err != nil || len(names) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, ".want.html") {
			continue
		}
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		bodies = append(bodies, b)
	}
	return bodies
}
