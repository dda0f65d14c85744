package source

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"html"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	xhtml "golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/feedscan"
	"replant/migrate/regex"
	"replant/migrate/source/wptext"
)

// movableType is the text that Movable Type and TypePad export, and that many others write
// to be imported there: entries between lines of eight dashes, their parts between lines of
// five (the format's manual, mtimport). Nothing says its encoding or where the blog is.
var movableType = &Dialect{
	Name:     "movabletype-export",
	Match:    generatedBy(movableTypeName),
	Whole:    true,
	Leave:    leftOut,
	Fill:     fillMovableType,
	Complete: completeMovableType,
	Clean:    func(body *xhtml.Node, _ *blog.Post) { dividers(body) },
}

const (
	movableTypeName = "Movable Type export"
	entryRule       = "--------"
	partRule        = "-----"
	// textSniffed is how much of a text is looked at for what it is.
	textSniffed = 64 << 10
)

var (
	entryKey = regex.Lazy(`^(?:AUTHOR|TITLE|BASENAME|STATUS|DATE|ALLOW COMMENTS|ALLOW PINGS|CONVERT BREAKS|PRIMARY CATEGORY|CATEGORY|UNIQUE URL|TAGS|NO ENTRY|IMAGE|ID):`)
	partKey  = regex.Lazy(`^(BODY|EXTENDED BODY|EXCERPT|KEYWORDS|COMMENT|PING):\s*$`)
)

// entryCutter cuts the text into entries.
type entryCutter struct {
	lines *bufio.Reader
	text  *feedscan.Text
	index int
	err   error
}

// openMovableType reads a text of Movable Type's format, or returns nil for another file.
func openMovableType(file random, size int64) (feedscan.Cutter, error) {
	r := bufio.NewReaderSize(io.NewSectionReader(file, 0, size), textSniffed)
	head, _ := r.Peek(textSniffed)
	bare := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")), "\r\n -")
	lines := bytes.ReplaceAll(bare, []byte("\r"), []byte("\n"))
	if !entryKey().Match(bare) || !bytes.Contains(lines, []byte("\n"+partRule+"\n")) || !bytes.Contains(lines, []byte("\nBODY:")) {
		return nil, nil
	}
	_, _ = r.Discard(len(head) - len(bare)) // they are in the buffer
	return &entryCutter{lines: r, text: feedscan.NewText(head)}, nil
}

func (c *entryCutter) Head() (*feedscan.Head, error) {
	return &feedscan.Head{Feed: &gofeed.Feed{Generator: movableTypeName}}, nil
}

// Next reads the next entry.
func (c *entryCutter) Next() (*feedscan.Entry, error) {
	for {
		lines, over := c.entry()
		if len(lines) == 0 && !over {
			if errors.Is(c.err, io.EOF) {
				return nil, io.EOF
			}
			if c.err != nil {
				return nil, fmt.Errorf("%w: %w", feedscan.ErrTruncated, c.err)
			}
			continue
		}
		c.index++
		if over {
			return nil, &feedscan.BrokenItem{Index: c.index, Cause: feedscan.ErrTooLong}
		}
		before := c.text.Damaged()
		e := movableEntry(c.decoded(lines))
		e.Damaged = c.text.Damaged() - before
		return e, nil
	}
}

// decoded makes UTF-8 of an entry, all at once: a character may go over no line's end, but
// what is UTF-8 is decided by more than a line.
func (c *entryCutter) decoded(lines [][]byte) []string {
	return strings.Split(string(c.text.Decode(bytes.Join(lines, []byte("\n")))), "\n")
}

// entry returns the lines of the next entry, and whether it is longer than one may be. It has
// none where it is blank.
func (c *entryCutter) entry() (lines [][]byte, over bool) {
	size, blank := 0, true
	for c.err == nil {
		var line []byte
		line, c.err = c.line()
		if string(line) == entryRule && c.entryFollows() {
			break
		}
		blank = blank && len(bytes.TrimSpace(line)) == 0
		if size += len(line) + 1; size > feedscan.ItemMost {
			lines, over = nil, true
			continue
		}
		lines = append(lines, line)
	}
	if blank {
		return nil, over
	}
	return lines, over
}

// line reads a line without its end. Of one that is longer than an entry may be, it has the
// beginning.
func (c *entryCutter) line() (line []byte, err error) {
	for {
		piece, err := c.lines.ReadSlice('\n')
		if len(line) <= feedscan.ItemMost {
			line = append(line, piece...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return bytes.TrimRight(line, "\r\n"), err
		}
	}
}

// entryFollows reports whether what comes next begins an entry, or is the end: an author may
// have drawn a line of dashes too.
func (c *entryCutter) entryFollows() bool {
	ahead, _ := c.lines.Peek(512)
	ahead = bytes.TrimLeft(ahead, "\r\n\t -")
	return len(ahead) == 0 || entryKey().Match(ahead)
}

// movable is an entry as it stands there: single lines by their keys, texts by theirs.
type movable struct {
	keys  map[string][]string
	parts map[string]string
	said  [][]string // comments
}

// partsOf parts an entry. A line of dashes parts nothing unless the name of a part follows,
// or the end.
func partsOf(lines []string) *movable {
	m := &movable{keys: map[string][]string{}, parts: map[string]string{}}
	name, from := "", 0
	put := func(to int) {
		switch text := lines[from:to]; name {
		case "":
			keysIn(text, m.keys)
		case "COMMENT":
			m.said = append(m.said, text)
		case "PING":
		default:
			m.parts[name] = strings.Trim(strings.Join(text, "\n"), "\n")
		}
	}
	for i, line := range lines {
		if line != partRule {
			continue
		}
		next := i + 1
		for next < len(lines) && strings.TrimSpace(lines[next]) == "" {
			next++
		}
		if next == len(lines) {
			put(i)
			return m
		}
		if k := partKey().FindStringSubmatch(lines[next]); k != nil {
			put(i)
			name, from = k[1], next+1
		}
	}
	put(len(lines))
	return m
}

// keysIn reads lines of keys and values.
func keysIn(lines []string, keys map[string][]string) {
	for _, line := range lines {
		if key, value, ok := strings.Cut(line, ":"); ok {
			if value = strings.TrimSpace(value); value != "" {
				keys[key] = append(keys[key], value)
			}
		}
	}
}

func (m *movable) first(key string) string {
	if v := m.keys[key]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// movableEntry reads an entry.
func movableEntry(lines []string) *feedscan.Entry {
	m := partsOf(lines)
	i := gofeed.Item{
		Title: m.first("TITLE"), Link: m.first("UNIQUE URL"), Published: movableTime(m.first("DATE")),
		Description: m.parts["EXCERPT"], Content: m.body(), Categories: movableTags(m.first("TAGS")),
		Custom: map[string]string{
			"slug": m.first("BASENAME"), "status": strings.ToLower(m.first("STATUS")), "left": "",
			"categories": strings.Join(slices.Concat(m.keys["PRIMARY CATEGORY"], m.keys["CATEGORY"]), "\n"),
			"format":     strings.ToLower(m.first("CONVERT BREAKS")),
		},
	}
	if name := m.first("AUTHOR"); name != "" {
		i.Authors = []*gofeed.Person{{Name: name}}
	}
	switch {
	case m.first("NO ENTRY") == "1":
		i.Custom["left"] = "comments alone"
	case i.Custom["status"] == "spam":
		i.Custom["left"] = "spam"
	case i.Title == "" && i.Content == "":
		i.Custom["left"] = "without a text"
	}
	e := archived(i)
	for n, lines := range m.said {
		e.Comments = append(e.Comments, movableComment(n+1, lines))
	}
	return e
}

// body returns the text of an entry and what comes behind its cut as HTML, by the format that
// its author chose. One that names none is HTML where it has paragraphs.
func (m *movable) body() string {
	format := strings.ToLower(m.first("CONVERT BREAKS"))
	written := func(text string) string {
		switch {
		case strings.HasPrefix(format, "markdown"):
			return markdownHTML(text)
		case format == "0" || format == "none" || strings.Contains(format, "rich") || format == "wysiwyg" || format == "tinymce",
			format == "" && markup().MatchString(text):
			return text
		}
		return wptext.Paragraphs(text)
	}
	body := written(m.parts["BODY"])
	if more := m.parts["EXTENDED BODY"]; !blog.IsBlank(more) {
		body += "\n<div id=\"more-0\"></div>\n" + written(more)
	}
	return strings.TrimSpace(body)
}

// movableLayouts are how dates are written: American ones, by clocks of 12 hours or 24.
var movableLayouts = []string{"01/02/2006 03:04:05 PM", "01/02/2006 15:04:05", "01/02/2006 03:04 PM", "01/02/2006 15:04", "01/02/2006"}

// movableTime returns a date in UTC, which stands for no zone, since the text names none: see
// [InZone]. One that is not understood stays as it is.
func movableTime(s string) string {
	for _, layout := range movableLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Format(time.RFC3339)
		}
	}
	return s
}

// movableTags reads tags, which have commas between them and quotes around those with spaces.
func movableTags(list string) (all []string) {
	for tag := range strings.SplitSeq(list, ",") {
		if tag = strings.Trim(strings.TrimSpace(tag), `"`); tag != "" {
			all = append(all, tag)
		}
	}
	return all
}

var commentKey = regex.Lazy(`^(?:AUTHOR|EMAIL|IP|URL|DATE|ID|PARENT):`)

// movableComment writes a comment as WordPress's export has it.
func movableComment(n int, lines []string) []byte {
	head := 0
	for head < len(lines) && commentKey().MatchString(lines[head]) {
		head++
	}
	keys := map[string][]string{}
	keysIn(lines[:head], keys)
	k := &movable{keys: keys}
	id := k.first("ID")
	if id == "" {
		id = fmt.Sprint(n)
	}
	date, _ := time.Parse(time.RFC3339, movableTime(k.first("DATE")))
	var b bytes.Buffer
	for _, f := range [][2]string{
		{"id", id}, {"parent", k.first("PARENT")}, {"author", k.first("AUTHOR")}, {"author_url", k.first("URL")}, {"approved", "1"},
		{"date", date.Format(time.DateTime)}, {"content", strings.TrimSpace(strings.Join(lines[head:], "\n"))},
	} {
		fmt.Fprintf(&b, "<wp:comment_%s>%s</wp:comment_%s>", f[0], html.EscapeString(f[1]), f[0])
	}
	return b.Bytes()
}

func fillMovableType(p *blog.Post, e *feedscan.Entry) {
	p.Slug = blog.Slug(strings.ReplaceAll(e.Custom["slug"], "_", "-"))
	p.Categories = tags(strings.Split(e.Custom["categories"], "\n"))
	p.Summary = summaryOf(e.Content, e.Description)
	if slug := e.Custom["slug"]; slug != "" && !p.Published.IsZero() {
		p.Names = knownAs(p.Names, "movabletype", slug+"@"+p.Published.UTC().Format(time.RFC3339))
	}
	if strings.HasPrefix(e.Custom["format"], "textile") {
		p.Losses = append(p.Losses, "the form of its text, which is written in Textile")
	}
}

// completeMovableType takes what only exports know.
func completeMovableType(i *Item, e *feedscan.Entry, _ *Feed) {
	status := e.Custom["status"]
	i.Post.Draft, i.Post.Scheduled = status == "draft" || status == "review" || status == "unpublish", status == "future"
	i.Hash = digest(i.Hash, status, e.Custom["slug"], e.Custom["categories"])
}
