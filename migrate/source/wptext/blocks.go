package wptext

import (
	"encoding/json"
	"html"
	"strings"

	"replant/migrate/blog"
	"replant/migrate/regex"
)

// blockMark begins or ends a block, or is one.
var blockMark = regex.Lazy(`<!--\s+(/?)wp:([a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)\s+(?:(\{[\s\S]*?\})\s+)?(/?)-->`)

func hasBlocks(text string) bool {
	return hasComment(text, "wp:") && strings.Contains(text, "<!-- wp:")
}

// block is what a block says of itself, as far as its HTML does not.
type block struct {
	name     string
	Language string      `json:"language"`
	Lang     string      `json:"lang"`
	URL      string      `json:"url"`
	Service  string      `json:"service"`
	Label    string      `json:"label"`
	Ref      json.Number `json:"ref"`
}

// blocks returns the HTML of blocks: each holds its own, but for those that WordPress fills
// when it shows the page.
func (w *writer) blocks(text string) string {
	var b strings.Builder
	language, end := "", 0
	for _, m := range blockMark().FindAllStringSubmatchIndex(text, -1) {
		b.WriteString(standing(spoken(text[end:m[0]], &language)))
		end = m[1]
		if m[3] > m[2] {
			continue // the end of one
		}
		d := read(text, m)
		if l := d.Language + d.Lang; l != "" && strings.Contains(d.name, "code") {
			language = l
		}
		switch {
		case strings.HasPrefix(d.name, "divi/") && m[6] >= 0:
			b.WriteString(w.diviBlock(d.name, text[m[6]:m[7]]))
		case m[9] > m[8]:
			b.WriteString(w.filled(d))
		}
	}
	b.WriteString(standing(spoken(text[end:], &language)))
	return b.String()
}

// read reads the mark at m.
func read(text string, m []int) block {
	var d block
	if m[6] >= 0 && json.Unmarshal([]byte(text[m[6]:m[7]]), &d) != nil {
		d = block{} // attributes of other types: the block's HTML has to do
	}
	d.name = strings.TrimPrefix(text[m[4]:m[5]], "core/")
	return d
}

var preStart = regex.Lazy(`<pre\b`)

// spoken names in a listing the language that its block declared.
func spoken(piece string, language *string) string {
	at := preStart().FindStringIndex(piece)
	if *language == "" || at == nil {
		return piece
	}
	l := *language
	*language = ""
	return piece[:at[1]] + ` data-language="` + html.EscapeString(l) + `"` + piece[at[1]:]
}

var alone = regex.Lazy(`(?i)<p(?:\s[^<>]*)?>\s*(https?://[^\s<>"]+)\s*</p>`)

// standing makes embeds of addresses that are paragraphs.
func standing(piece string) string {
	if !mayBeAlone(piece) {
		return piece
	}
	return alone().ReplaceAllStringFunc(piece, func(p string) string { return embed(alone().FindStringSubmatch(p)[1]) })
}

// mayBeAlone reports whether an address stands right behind a tag.
func mayBeAlone(piece string) bool {
	if !strings.Contains(piece, "http") {
		return false
	}
	for {
		i := strings.IndexByte(piece, '>')
		if i < 0 {
			return false
		}
		if piece = piece[i+1:]; begins(trimSpace(piece), "http") {
			return true
		}
	}
}

// nested bounds shared blocks within shared blocks.
const nested = 5

// filled returns a block that has no HTML of its own.
func (w *writer) filled(d block) string {
	switch {
	case silent[d.name]:
		return ""
	case d.name == "block" && d.Ref != "":
		return w.shared(d)
	case d.name == "social-link":
		return social(d)
	case d.name == "footnotes":
		return w.notes()
	case strings.HasPrefix(d.name, "core-embed/") || d.name == "embed":
		return embed(d.URL)
	}
	w.told.unfill(d.name)
	return ""
}

// silent are blocks of which a reader of the post would miss nothing.
var silent = blog.WordSet("spacer separator shortcode more nextpage comments post-comments post-comments-form")

// shared returns a block that several posts share.
func (w *writer) shared(d block) string {
	text, ok := w.lib.Block(d.Ref.String())
	if !ok || w.depth == nested {
		w.told.lose("a shared block that the export does not hold: %s", d.Ref)
		return ""
	}
	w.depth++
	defer func() { w.depth-- }()
	return w.blocks(more(w.expand(Readable(text))))
}

// notes returns the footnotes as WordPress writes them.
func (w *writer) notes() string {
	if w.full() {
		return ""
	}
	var b strings.Builder
	b.WriteString(`<ol class="wp-block-footnotes">`)
	for _, n := range w.lib.Notes {
		id := html.EscapeString(n.ID)
		b.WriteString(`<li id="` + id + `">` + n.Content + ` <a href="#` + id + `-link">↩︎</a></li>`)
	}
	return w.expand(b.String() + "</ol>")
}
