package likeness

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// prose makes a text of so many random words.
func prose(r *rand.Rand, words int) []string {
	text := make([]string, words)
	for i := range text {
		text[i] = fmt.Sprintf("w%d", r.IntN(4000))
	}
	return text
}

// edit changes some of a text's words.
func edit(r *rand.Rand, text []string, changes int) []string {
	text = slices.Clone(text)
	for range changes {
		text[r.IntN(len(text))] = fmt.Sprintf("new%d", r.IntN(4000))
	}
	return text
}

func page(words []string) *Text { return HTML("<p>" + strings.Join(words, " ") + "</p>") }

// Shingles are what they have ever been: sketches of them are in ledgers.
func TestShinglesOfWords(t *testing.T) {
	t.Parallel()
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 6))
		text := prose(r, int(seed))
		var words, want []uint64
		for _, w := range text {
			h := uint64(14695981039346656037)
			for _, c := range w {
				h = (h ^ uint64(c)) * 1099511628211
			}
			words = append(words, h)
		}
		for end := min(shingleWords, len(words)); end <= len(words) && end > 0; end++ {
			h := uint64(0)
			for _, w := range words[max(0, end-shingleWords):end] {
				h = mix(h ^ w)
			}
			want = append(want, h)
		}
		if got := page(text).shingles; !slices.Equal(got, want) {
			t.Errorf("%d words: %x, want %x", len(words), got, want)
		}
	}
}

func TestMarkupSaysNothing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ html, other string }{
		"emphasis":        {"<p>One <b>two</b> th<i>r</i>ee.</p>", "<div>one two three</div>"},
		"quotes, dashes":  {"<p>Don't say “well-known” — please…</p>", "<p>Don’t say \"well known\" - please...</p>"},
		"entities":        {"<p>caf&eacute; &amp; more&nbsp;beans</p>", "<p>café and</p><!-- x --><p>more beans</p>"},
		"scripts":         {"<p>one two</p><script>var three</script>", "<p>one two</p><style>p {}</style>"},
		"blocks":          {"<p>one</p><p>two</p>", "one<br>two"},
		"a picture":       {`<figure><img src="a.png" alt="a red door"></figure>`, `<img loading=lazy alt="a red door" src=b.png>`},
		"a broken tag":    {"<p>one <b two</p>", "<p>one "},
		"soft hyphens":    {"<p>won\u00adder\u200bful</p>", "<p>wonderful</p>"},
		"nothing at all":  {"", "<p> … </p>"},
		"a frame's inner": {"<iframe src=x><p>no frames</p></iframe>one", "one"},
	} {
		html, other := HTML(strings.ReplaceAll(c.html, "&amp; ", "and ")), HTML(c.other)
		if html.Sketch() != other.Sketch() {
			t.Errorf("%s: %q and %q say different things", name, c.html, c.other)
		}
	}
}

func TestMarkdownSaysWhatItsSourceDoes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ html, markdown string }{
		"a paragraph": {"<p>Say <em>what</em> you <a href='https://x.example/a_b'>will</a>.</p>", "Say *what* you [will](https://x.example/a_b \"a title\")."},
		"escapes":     {"<p>snake_case * 2 &lt;b&gt; [x]</p>", `snake\_case \* 2 \<b> \[x]`},
		"code":        {"<pre><code>if a &lt; b { f() }</code></pre>", "```go\nif a < b { f() }\n```"},
		"a list":      {"<ol><li>one</li><li>two</li></ol>", "1. one\n2. two\n"},
		"a picture":   {`<img src="x.png" alt="a red door">`, "![a red door](x.png)"},
		"shortcodes":  {"<p>before</p><p>after</p>", "before\n\n{{< youtube abc >}}\n\n{{ vimeo(id=\"1\") }}\n\n{% x() %}\n\nafter"},
		"raw HTML":    {"<p>H<sub>2</sub>O</p>", "H<sub>2</sub>O"},
	} {
		if html, markdown := HTML(c.html), Markdown([]byte(c.markdown)); html.Sketch() != markdown.Sketch() {
			t.Errorf("%s: %q and %q say different things", name, c.html, c.markdown)
		}
	}
}

// Scripts without spaces are distinguished by their characters.
func TestTextWithoutSpaces(t *testing.T) {
	t.Parallel()
	const text = "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。何でも薄暗いじめじめした所でニャーニャー泣いていた事だけは記憶している。"
	whole, edited, other := HTML(text), HTML(strings.Replace(text, "薄暗い", "とても暗い", 1)), HTML("雨にも負けず風にも負けず雪にも夏の暑さにも負けぬ丈夫な体を持ち慾は無く決して怒らずいつも静かに笑っている")
	if whole.Len() < 40 {
		t.Errorf("%d shingles", whole.Len())
	}
	if like := whole.To(edited); like < 0.75 || like == 1 {
		t.Errorf("an edit leaves %.2f", like)
	}
	if like := whole.To(other); like > 0.1 {
		t.Errorf("another text is alike by %.2f", like)
	}
}

// What a sketch estimates is near what the texts say: no further off than five standard
// deviations.
func TestSketchEstimates(t *testing.T) {
	t.Parallel()
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 1))
		text := prose(r, 150+r.IntN(600))
		a, b := page(text), page(edit(r, text, r.IntN(len(text)/3)))
		exact, estimate := a.To(b), a.Sketch().To(b.Sketch())
		if off := exact - estimate; off > 0.35 || off < -0.35 {
			t.Errorf("seed %d: %.2f alike, estimated %.2f", seed, exact, estimate)
		}
		if exact > 0.9 && estimate < 0.7 {
			t.Errorf("seed %d: much alike, %.2f, and estimated %.2f", seed, exact, estimate)
		}
	}
}

// Laws of likeness: a text is all like itself, order does not matter, and a part is within
// the whole.
func TestLikenessLaws(t *testing.T) {
	t.Parallel()
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 2))
		text := prose(r, 1+r.IntN(300))
		a, b := page(text), page(edit(r, text, r.IntN(20)))
		switch part := page(text[:1+r.IntN(len(text))]); {
		case a.To(a) != 1, a.Sketch().To(a.Sketch()) != 1:
			t.Errorf("seed %d: unlike itself", seed)
		case a.To(b) != b.To(a), a.Sketch().To(b.Sketch()) != b.Sketch().To(a.Sketch()):
			t.Errorf("seed %d: order matters", seed)
		case len(part.set()) > 1 && part.Within(a) != 1:
			t.Errorf("seed %d: a part is not within the whole", seed)
		case a.Sketch().Silent() || a.Sketch().IsZero():
			t.Errorf("seed %d: words that say nothing", seed)
		}
	}
}

func TestSketchInJSON(t *testing.T) {
	t.Parallel()
	type entry struct {
		Text Sketch `json:"text,omitzero"`
	}
	for seed := range uint64(50) {
		want := entry{page(prose(rand.New(rand.NewPCG(seed, 3)), 50)).Sketch()}
		var got entry
		b, err := json.Marshal(want)
		if err == nil {
			err = json.Unmarshal(b, &got)
		}
		if err != nil || got != want || len(b) != len(`{"text":"0123456789012345678901"}`) {
			t.Fatalf("%s, %v: %v, want %v", b, err, got, want)
		}
	}
	var none entry
	if b, err := json.Marshal(none); err != nil || string(b) != "{}" {
		t.Errorf("%s, %v", b, err)
	}
	for _, other := range []string{`{"text": ""}`, `{"text": "of a newer version"}`, `{"text": "AAAA"}`} {
		if err := json.Unmarshal([]byte(other), &none); err != nil || !none.Text.IsZero() {
			t.Errorf("%s: %v, %v", other, none, err)
		}
	}
}

// The index finds what a look at all sketches finds, as far as it promises to.
func TestIndexFindsWhatIsNear(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 4))
	var all []Sketch
	for range 200 {
		text := prose(r, 200)
		for range 5 {
			all = append(all, page(edit(r, text, r.IntN(30))).Sketch())
		}
		all = append(all, Sketch{}, silent)
	}
	x := NewIndex(len(all), func(i int) Sketch { return all[i] })
	found, missed := 0, 0
	for _, s := range all {
		near := x.Near(s, 0.6)
		for i, o := range all {
			like, is := s.To(o), slices.Contains(near, i)
			switch {
			case is && like < 0.6, !is && like >= 0.77:
				t.Fatalf("%v and %v are alike by %.2f, found %t", s, o, like, is)
			case is:
				found++
			case like >= 0.6:
				missed++
			}
		}
	}
	if missed > found/20 {
		t.Errorf("%d found, %d missed", found, missed)
	}
}

// FuzzText reads anything, in time that grows with it alone.
func FuzzText(f *testing.F) {
	f.Add("<p>one two three</p>", "one *two* three")
	f.Add("<script>", "{{< x")
	f.Add("<img alt", "```\n<b>")
	f.Add("\xff\xfe<p \xc3", "[a](b")
	f.Fuzz(func(t *testing.T, html, markdown string) {
		a, b := HTML(html), Markdown([]byte(markdown))
		if like := a.To(b); like < 0 || like > 1 {
			t.Errorf("alike by %v", like)
		}
		if s := a.Sketch(); s.IsZero() || s.Silent() != (a.Len() == 0) {
			t.Errorf("%q has the sketch %v of %d shingles", html, s, a.Len())
		}
	})
}

// BenchmarkFingerprint reads a post of 800 words and takes its sketch.
func BenchmarkFingerprint(b *testing.B) {
	text := prose(rand.New(rand.NewPCG(1, 5)), 800)
	var post strings.Builder
	for p := range slices.Chunk(text, 60) {
		fmt.Fprintf(&post, "<p class=\"x\">%s <a href=\"https://blog.example/\">link</a>.</p>\n", strings.Join(p, " "))
	}
	b.SetBytes(int64(post.Len()))
	b.ReportAllocs()
	for b.Loop() {
		HTML(post.String()).Sketch()
	}
}

// BenchmarkNear looks one post up among so many others.
func BenchmarkNear(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		r := rand.New(rand.NewPCG(1, 6))
		all := make([]Sketch, n)
		for i := range all {
			all[i] = Sketch{r.Uint64(), r.Uint64()}
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			x := NewIndex(n, func(i int) Sketch { return all[i] })
			for b.Loop() {
				x.Near(all[r.IntN(n)], 0.65)
			}
		})
	}
}
