package markdown

import (
	"fmt"
	"strconv"
	"strings"

	"replant/migrate/blog"
)

// chunk is the code of one span or one block, as the reader sees it.
type chunk struct {
	code     string
	language string // of a block
	block    bool
}

// chunks remembers the code of a page while it is put together. Where a chunk's
// Markdown stands is marked by control characters, which no text of a page holds.
type chunks struct {
	all  []chunk
	over bool // the page has become longer than pageMost
	math bool // the page has formulas between dollars
}

const (
	chunkBegin = '\x02' // then the chunk's number
	chunkText  = '\x1f' // then its Markdown
	chunkEnd   = '\x03'
)

// begin writes the marks in front of the Markdown of a chunk. One [chunkEnd] belongs behind it.
func (c *chunks) begin(out []byte, k chunk) []byte {
	c.all = append(c.all, k)
	out = strconv.AppendInt(append(out, chunkBegin), int64(len(c.all)-1), 10)
	return append(out, chunkText)
}

// pieces takes a page apart at the marks, which are gone then.
func (c *chunks) pieces(page string) []blog.Piece {
	all := make([]blog.Piece, 0, 2*len(c.all)+2)
	for page != "" {
		prose, rest, found := strings.Cut(page, string(chunkBegin))
		if prose != "" {
			all = append(all, blog.Piece{Text: prose})
		}
		if !found {
			break
		}
		number, rest, _ := strings.Cut(rest, string(chunkText))
		text, rest, _ := strings.Cut(rest, string(chunkEnd))
		i, _ := strconv.Atoi(number)
		all = append(all, blog.Piece{Text: text, HTML: func() string { return c.all[i].html(text) }})
		page = rest
	}
	return all
}

// spell returns a page as a target wants its code, and the end of its last line.
func (c *chunks) spell(page string, code func([]blog.Piece) []byte) []byte {
	pieces := append(c.pieces(page), blog.Piece{Text: "\n"})
	if code != nil {
		return code(pieces)
	}
	b := make([]byte, 0, len(page)+len("\n"))
	for _, p := range pieces {
		b = append(b, p.Text...)
	}
	return b
}

// plain returns Markdown without the marks of chunks.
func (c *chunks) plain(markdown string) string {
	if strings.IndexByte(markdown, chunkBegin) < 0 {
		return markdown
	}
	return strings.TrimSuffix(string(c.spell(markdown, nil)), "\n")
}

// html returns a chunk as raw HTML in the place of its Markdown. Each line of a block
// keeps the prefix that its container gave it, to be read from the line of the fence
// that closes it; containers cut the prefix of an empty line short.
func (k chunk) html(markdown string) string {
	if !k.block {
		return "<code>" + spanHTML.Replace(onLine(k.code)) + "</code>"
	}
	class := ""
	if k.language != "" {
		class = ` class="language-` + k.language + `"`
	}
	prefix := strings.TrimRight(markdown[strings.LastIndexByte(markdown, '\n')+1:], "`")
	code := strings.ReplaceAll(blockHTML.Replace(k.code), "\n", "\n"+prefix)
	return "<pre><code" + class + ">" + code + "\n" + prefix + "</code></pre>"
}

var (
	// blockHTML writes what acts in HTML, and what begins a template, as references.
	// Markdown does not look into a pre element.
	blockHTML = strings.NewReplacer(references("&<>{")...)
	// spanHTML does so with all that acts in a paragraph, quotes and dashes included,
	// which a site may have made curly and long.
	spanHTML = strings.NewReplacer(references("&<>{%\\`*_[]~#|!$:\"'-.")...)
)

func references(chars string) (pairs []string) {
	for _, c := range chars {
		pairs = append(pairs, string(c), fmt.Sprintf("&#%d;", c))
	}
	return pairs
}
