package source

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/mmcdole/gofeed"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/feedscan"
	"replant/migrate/regex"
)

// ghostExport is what Ghost's Settings, Export writes: the tables of its database as JSON
// (TryGhost/Ghost, data/exporter). The address of the blog is in it as a mark, __GHOST_URL__,
// since version 4; pictures are not.
var ghostExport = &Dialect{
	Name:     "ghost-export",
	Match:    generatedBy(ghostJSONName),
	Whole:    true,
	Live:     "rss/",
	Leave:    leftOut,
	Fill:     fillGhostExport,
	Complete: completeGhostExport,
	Clean:    cleanGhost,
	Servers:  ghostServers,
	Of:       ghost,
}

const (
	ghostJSONName = "Ghost export"
	ghostMark     = "__GHOST_URL__"
)

// ghostRow is a row of a table. Its values are of whatever type the version of Ghost has.
type ghostRow map[string]any

func (r ghostRow) text(names ...string) string {
	for _, name := range names {
		switch v := r[name].(type) {
		case string:
			if !blog.IsBlank(v) {
				return v
			}
		case json.Number:
			return v.String()
		case bool:
			if v {
				return "1"
			}
		}
	}
	return ""
}

// ghostTables are those of an export. Of the posts there are only the places: they are read
// one at a time.
type ghostTables struct {
	file    random
	posts   []stretch
	tags    map[string]ghostRow
	users   map[string]string            // names by number
	related map[string]map[string][]link // table, post's number
	title   string
	homes   map[string]int // how often pictures are at an address
	home    string
	index   int
}

type stretch struct{ from, size int64 }

// link is a tag or an author of a post.
type link struct {
	to    string
	order string
}

// openGhost reads the tables of a Ghost export, or returns nil for another file.
func openGhost(file random, size int64) (feedscan.Cutter, error) {
	head := make([]byte, 512)
	n, err := file.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) || !ghostHead().Match(head[:n]) {
		return nil, nil
	}
	t := &ghostTables{file: file, tags: map[string]ghostRow{}, users: map[string]string{}, related: map[string]map[string][]link{}, homes: map[string]int{}}
	skip := int64(0)
	if bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")) {
		skip = 3
	}
	w := &jsonWalk{json.NewDecoder(io.NewSectionReader(file, skip, size-skip)), skip}
	w.UseNumber()
	if err := t.walk(w); err != nil && len(t.posts) == 0 {
		return nil, feedscan.NotFeed("this is an export of Ghost without posts, or a damaged one")
	} else if err != nil {
		return &cutShort{t, err}, nil
	}
	if len(t.posts) == 0 && len(t.tags) == 0 && t.title == "" {
		return nil, nil
	}
	return t, nil
}

// ghostHead is how an export begins: in either of two wrappings, and with either member first.
var ghostHead = regex.Lazy(`^(?:\xEF\xBB\xBF)?\s*\{\s*(?:"db"\s*:\s*\[\s*\{\s*)?"(?:meta|data)"\s*:\s*\{`)

// cutShort is an export that breaks off: what came before it is read.
type cutShort struct {
	*ghostTables
	cause error
}

func (c *cutShort) Next() (*feedscan.Entry, error) {
	e, err := c.ghostTables.Next()
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%w: %w", feedscan.ErrTruncated, c.cause)
	}
	return e, err
}

// jsonWalk reads JSON a value at a time. Offset is where its bytes begin in the file.
type jsonWalk struct {
	*json.Decoder
	offset int64
}

// members calls each with the name of each member of an object, which has to read its value.
func (w *jsonWalk) members(each func(name string) error) error {
	if err := w.delim('{'); err != nil {
		return err
	}
	for w.More() {
		name, err := w.Token()
		if err != nil {
			return err
		}
		key, _ := name.(string)
		if err := each(key); err != nil {
			return err
		}
	}
	_, err := w.Token()
	return err
}

// elements calls each for each element of an array with its bytes and where they lie. What is
// no array is passed over.
func (w *jsonWalk) elements(each func(raw json.RawMessage, at stretch)) error {
	open, err := w.Token()
	if d, ok := open.(json.Delim); err != nil || !ok {
		return err
	} else if d != '[' {
		return w.rest(1)
	}
	for w.More() {
		var raw json.RawMessage
		if err := w.Decode(&raw); err != nil {
			return err
		}
		each(raw, stretch{w.offset + w.InputOffset() - int64(len(raw)), int64(len(raw))})
	}
	_, err = w.Token()
	return err
}

// rest passes over what is left of a value that so many objects and arrays are open of.
func (w *jsonWalk) rest(depth int) error {
	for depth > 0 {
		t, err := w.Token()
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
	return nil
}

var errShape = errors.New("it is not built as Ghost builds its exports")

func (w *jsonWalk) delim(want json.Delim) error {
	t, err := w.Token()
	if err == nil && t != want {
		err = errShape
	}
	return err
}

func (w *jsonWalk) skip() error { return w.elements(func(json.RawMessage, stretch) {}) }

// walk finds the tables, in the wrapping that an export has.
func (t *ghostTables) walk(w *jsonWalk) error {
	return w.members(func(name string) error {
		switch name {
		case "db":
			if err := w.delim('['); err != nil {
				return err
			}
			for w.More() {
				if err := t.walk(w); err != nil {
					return err
				}
			}
			_, err := w.Token()
			return err
		case "data":
			return w.members(func(table string) error { return t.table(table, w) })
		}
		return w.skip()
	})
}

// table reads a table, as far as posts refer to it.
func (t *ghostTables) table(name string, w *jsonWalk) error {
	return w.elements(func(raw json.RawMessage, at stretch) {
		if name == "posts" {
			t.posts = append(t.posts, at)
			for _, m := range ghostPicture().FindAllSubmatch(raw, -1) {
				t.homes[string(m[1])]++
			}
			return
		}
		t.row(name, raw)
	})
}

// ghostPicture is the address of a picture of the blog's own, in JSON.
var ghostPicture = regex.Lazy(`(https?:(?:\\?/){2}[\w.:-]+(?:\\?/[\w.-]+)*?)\\?/content\\?/images\\?/`)

func (t *ghostTables) row(name string, raw json.RawMessage) {
	switch name {
	case "tags", "users", "settings", "posts_tags", "posts_authors":
	default:
		return
	}
	row := rowOf(raw)
	switch id := row.text("id"); name {
	case "tags":
		t.tags[id] = row
	case "users":
		t.users[id] = row.text("name")
	case "settings":
		if row.text("key") == "title" {
			t.title = row.text("value")
		}
	default:
		if t.related[name] == nil {
			t.related[name] = map[string][]link{}
		}
		post := row.text("post_id")
		t.related[name][post] = append(t.related[name][post], link{row.text("tag_id", "author_id"), row.text("sort_order")})
	}
}

// rowOf reads a row; one that is none is empty.
func rowOf(raw []byte) (row ghostRow) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if d.Decode(&row) != nil {
		return nil
	}
	return row
}

// Head returns what the settings say. Where the blog is, its pictures tell, if anything does.
func (t *ghostTables) Head() (*feedscan.Head, error) {
	for home, n := range t.homes {
		home = strings.ReplaceAll(home, `\`, "")
		if u := blog.Resolve(nil, home); u == nil || loopback(u) {
			continue
		}
		if most := t.homes[t.home]; n > most || n == most && home < t.home {
			t.home = home
		}
	}
	feed := &gofeed.Feed{Generator: ghostJSONName, Title: t.title}
	if t.home != "" {
		feed.Link = t.home + "/"
	}
	return &feedscan.Head{Feed: feed}, nil
}

// Close closes the file, where it was opened for this.
func (t *ghostTables) Close() error { return t.file.Close() }

// Next reads the next post.
func (t *ghostTables) Next() (*feedscan.Entry, error) {
	if t.index == len(t.posts) {
		return nil, io.EOF
	}
	at := t.posts[t.index]
	t.index++
	if at.size > feedscan.ItemMost {
		return nil, &feedscan.BrokenItem{Index: t.index, Cause: feedscan.ErrTooLong}
	}
	raw := make([]byte, at.size)
	if _, err := t.file.ReadAt(raw, at.from); err != nil && !errors.Is(err, io.EOF) {
		return nil, &feedscan.BrokenItem{Index: t.index, Cause: err}
	}
	row := rowOf(raw)
	if row == nil {
		return nil, &feedscan.BrokenItem{Index: t.index, Cause: errShape}
	}
	return t.entry(row), nil
}

// entry returns a post by its row.
func (t *ghostTables) entry(row ghostRow) *feedscan.Entry {
	id := row.text("id")
	i := gofeed.Item{
		Title: row.text("title"), Description: html.EscapeString(row.text("custom_excerpt")), Content: t.placed(row.text("html")),
		Published: row.text("published_at"), Updated: row.text("updated_at"), GUID: ghostGUID(row),
		Custom: map[string]string{
			"slug": row.text("slug"), "draft": "", "page": "", "left": "", "cover": t.cover(row.text("feature_image", "image")),
			"canonical": t.placed(row.text("canonical_url")), "keys": id + " " + row.text("uuid"),
		},
	}
	if i.Content == "" {
		i.Content = clean.Paragraphs(row.text("plaintext", "markdown"))
	}
	switch status := row.text("status"); status {
	case "published", "":
	case "sent":
		i.Custom["left"] = "sent by mail alone"
	default:
		i.Custom["draft"] = status
	}
	if row.text("type") == "page" || row.text("page") == "1" {
		i.Custom["page"] = "yes"
	}
	i.Categories = t.tagsOf(id)
	i.Authors = t.authorsOf(id, row)
	return archived(i)
}

// ghostGUID is the guid that the feed has: the post's key, before 1.0 the one that is unique
// everywhere.
func ghostGUID(row ghostRow) string {
	if id := row.text("id"); ghostKey().MatchString(id) {
		return id
	}
	return cmp.Or(row.text("uuid"), row.text("id"))
}

// placed puts the blog's address where its mark stands. Without one, links begin at the site's
// root, and pictures may lie beside the export.
//
// Before version 4, pictures had an address from the root of the server.
func (t *ghostTables) placed(text string) string {
	if t.home == "" {
		text = ghostRooted().ReplaceAllString(text, "${1}content/images/")
	}
	return strings.ReplaceAll(text, ghostMark, t.home)
}

// cover returns the address of a cover: one from the root of the server is the blog's.
func (t *ghostTables) cover(address string) string {
	if strings.HasPrefix(address, "/content/images/") {
		address = ghostMark + address
	}
	return t.placed(address)
}

// ghostRooted is where the address of a picture begins that names no host, in HTML or alone.
var ghostRooted = regex.Lazy(`(^|["'(,]\s*)(?:` + ghostMark + `)?/content/images/`)

// linked lists what a table relates to a post, in the order that its author gave it.
func (t *ghostTables) linked(table, post string) []link {
	links := slices.Clone(t.related[table][post])
	slices.SortStableFunc(links, func(a, b link) int {
		return cmp.Or(cmp.Compare(len(a.order), len(b.order)), strings.Compare(a.order, b.order)) // numbers
	})
	return links
}

// tagsOf lists the names of a post's tags. Internal ones begin with a # and are for the theme.
func (t *ghostTables) tagsOf(post string) (names []string) {
	for _, l := range t.linked("posts_tags", post) {
		tag := t.tags[l.to]
		if name := tag.text("name"); name != "" && !strings.HasPrefix(name, "#") && tag.text("visibility") != "internal" {
			names = append(names, name)
		}
	}
	return names
}

func (t *ghostTables) authorsOf(post string, row ghostRow) (people []*gofeed.Person) {
	links := t.linked("posts_authors", post)
	if len(links) == 0 {
		links = []link{{to: row.text("author_id")}}
	}
	for _, l := range links {
		if name := t.users[l.to]; name != "" {
			people = append(people, &gofeed.Person{Name: name})
		}
	}
	return people
}

// fillGhostExport names the post as its feed does.
func fillGhostExport(p *blog.Post, e *feedscan.Entry) {
	fillGhost(p, e)
	p.Losses = nil // all of a post is in an export
	for key := range strings.FieldsSeq(e.Custom["keys"]) {
		if ghostKey().MatchString(key) {
			p.Names = knownAs(p.Names, "ghost", key)
		}
	}
	p.Slug = blog.Slug(e.Custom["slug"])
	p.Canonical = blog.Resolve(nil, e.Custom["canonical"])
	if cover := blog.ParseURL(e.Custom["cover"]); cover != nil && cover.Path != "" {
		p.Cover = cover
	}
}

// completeGhostExport takes what only exports know.
func completeGhostExport(i *Item, e *feedscan.Entry, _ *Feed) {
	i.Post.Draft, i.Post.Scheduled = e.Custom["draft"] == "draft", e.Custom["draft"] == "scheduled"
	i.Post.Page = e.Custom["page"] != ""
	i.Hash = digest(i.Hash, e.Custom["draft"], e.Custom["page"], e.Custom["slug"], e.Custom["cover"], e.Custom["canonical"])
}

// ghostFolder reads the export in an archive of Ghost's, which has the pictures too.
func ghostFolder(members []member) (feedscan.Cutter, error) {
	for _, m := range members {
		if path.Ext(m.Name) != ".json" {
			continue
		}
		file, size, err := openAt(m)
		if err != nil {
			continue
		}
		if c, err := openGhost(file, size); c != nil || err != nil {
			return c, err
		}
		file.Close()
	}
	return nil, nil
}
