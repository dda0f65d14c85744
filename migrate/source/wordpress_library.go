package source

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"html"
	"io"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"replant/migrate/blog"
	"replant/migrate/feedscan"
	"replant/migrate/regex"
	"replant/migrate/source/wptext"
)

// library is what an export holds beside its posts and what they refer to by number:
// read before the posts, since it may stand anywhere. It holds a line a file and a page,
// so that it stays small whatever the blog's size.
type library struct {
	authors  map[string]string  // display names by login
	files    map[int64]mediaRow // the media library by number
	pages    map[string]sheet   // pages by number
	branches map[string]bool    // pages that have others below them
	blocks   map[string]string  // texts that several posts share
	sized    map[string]bool    // bare addresses of uploads whose own names end like those of smaller copies
	sum      hash.Hash          // of all that was put into it

	sorted   sync.Once
	attached map[int64][]string // the pictures uploaded for a post, once one asks for them
}

// mediaRow is a file of the media library: its address, alt text and caption, parted by
// zeros, and the number of the post that it was uploaded for. Blogs have them by the
// hundred thousand.
type mediaRow struct {
	text   string
	parent int64
}

// file returns a file by its number.
func (l *library) file(id string) (wptext.File, bool) {
	row, ok := l.files[number64(id)]
	if !ok {
		return wptext.File{}, false
	}
	parts := strings.SplitN(row.text, "\x00", 3)
	return wptext.File{URL: parts[0], Alt: parts[1], Caption: parts[2]}, true
}

// uploadedFor lists the pictures that were uploaded for a post, the oldest first. Few
// posts ask.
func (l *library) uploadedFor(id string) []string {
	l.sorted.Do(func() {
		l.attached = map[int64][]string{}
		for _, id := range slices.Sorted(maps.Keys(l.files)) {
			if row := l.files[id]; row.parent > 0 {
				l.attached[row.parent] = append(l.attached[row.parent], strconv.FormatInt(id, 10))
			}
		}
	})
	return l.attached[number64(id)]
}

// uploaded reports whether an address is that of an upload whose name only looks like a
// smaller copy's.
func (l *library) uploaded(image *url.URL) bool { return l.sized[bareURL(image)] }

// number64 returns a number of WordPress's, or -1 for what is none.
func number64(id string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(id), 10, 64)
	if err != nil {
		return -1
	}
	return n
}

var sizedName = regex.Lazy(smallerCopy)

// sheet is a page's place among the others.
type sheet struct{ slug, parent string }

// errOnce says that an export comes from where nothing can be read twice.
var errOnce = errors.New("an export has to be read twice, which this does not allow")

// survey reads an export through for what its posts refer to, and goes back to where
// reading was.
func (f *Feed) survey(r io.Reader, start int64) error {
	if p, ok := f.cutter.(*split); ok {
		f.library = p.survey(f.Dialect.Survey)
		return nil
	}
	s, ok := r.(io.Seeker)
	if !ok {
		return errOnce
	}
	at, err := s.Seek(0, io.SeekCurrent)
	if err == nil {
		_, err = s.Seek(start, io.SeekStart)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errOnce, err)
	}
	f.library = f.Dialect.Survey(r)
	if _, err := s.Seek(at, io.SeekStart); err != nil {
		return fmt.Errorf("%w: %w", errOnce, err)
	}
	return nil
}

// offset returns how far a reader has been read, or 0 for one that does not know.
func offset(r io.Reader) int64 {
	if s, ok := r.(io.Seeker); ok {
		if at, err := s.Seek(0, io.SeekCurrent); err == nil {
			return at
		}
	}
	return 0
}

// wanted are the elements of an item that say what others refer to. Those of the same
// names in comments are passed over.
var wanted = map[string]bool{"post_id": true, "post_type": true, "status": true, "post_name": true, "post_parent": true,
	"attachment_url": true, "title": true, "encoded": true, "meta_key": true, "meta_value": true,
	"author_login": true, "author_display_name": true}

// surveyor reads an export for its library.
type surveyor struct {
	scanner *feedscan.Scanner
	library *library
	item    map[string]string // the elements of the present item
	content []byte            // its content as it stands there: that of shared blocks alone is read
}

// surveyWXR reads what the posts of an export refer to. Where the file breaks off, so
// does its library: reading the posts reports it.
func surveyWXR(r io.Reader) *library {
	scanner, err := feedscan.NewScanner(r)
	if err != nil {
		return &library{sum: sha256.New()}
	}
	s := &surveyor{scanner: scanner, item: map[string]string{}, library: &library{
		sum: sha256.New(), authors: map[string]string{}, files: map[int64]mediaRow{}, sized: map[string]bool{},
		pages: map[string]sheet{}, branches: map[string]bool{}, blocks: map[string]string{},
	}}
	for t, ok := s.scanner.Next(); ok; t, ok = s.scanner.Next() {
		s.scanner.Drop()
		switch name := t.Local(); {
		case name == "comment" && !t.End && !t.Single:
			s.skip(t)
		case wanted[name] && !t.End && !t.Single:
			s.take(t)
		case name == "author" && t.End:
			s.library.addAuthor(s.item["author_login"], s.item["author_display_name"])
		case name == "item":
			if t.End {
				s.add()
			}
			clear(s.item)
			s.content = s.content[:0]
		}
	}
	return s.library
}

// skip goes behind the end tag of an element.
func (s *surveyor) skip(t feedscan.Tag) {
	for end, ok := s.scanner.Next(); ok; end, ok = s.scanner.Next() {
		s.scanner.Drop()
		if end.End && end.Name == t.Name {
			return
		}
	}
}

// textMost bounds what is kept of one element.
const textMost = 1 << 20

// take keeps the text of an element.
func (s *surveyor) take(t feedscan.Tag) {
	end, ok := s.scanner.Next()
	if !ok || !end.End || end.Name != t.Name || end.Start > textMost {
		s.scanner.Drop()
		return
	}
	source := s.scanner.Before(end)
	name := t.Local()
	if name == "encoded" && t.Prefix() == "content" {
		s.content = append(s.content[:0], source...)
		s.scanner.Drop()
		return
	}
	text := xmlText(source)
	s.scanner.Drop()
	switch name {
	case "encoded":
		s.item[t.Prefix()] = text // excerpt:encoded
	case "meta_value":
		s.item["meta "+s.item["meta_key"]] = text
	default:
		s.item[name] = text
	}
}

// add takes the present item into the library.
func (s *surveyor) add() {
	if slices.Contains(sharedTypes, s.item["post_type"]) {
		s.item["content"] = xmlText(s.content)
	}
	s.library.add(s.item)
}

// xmlText returns the text of an element that holds nothing else.
func xmlText(b []byte) string {
	var out []byte
	for len(b) > 0 {
		start := bytes.Index(b, []byte("<![CDATA["))
		if start < 0 {
			return string(out) + html.UnescapeString(string(b))
		}
		out = append(out, html.UnescapeString(string(b[:start]))...)
		b = b[start+len("<![CDATA["):]
		end := bytes.Index(b, []byte("]]>"))
		if end < 0 {
			return string(append(out, b...))
		}
		out = append(out, b[:end]...)
		b = b[end+len("]]>"):]
	}
	return string(out)
}

// addAuthor takes in the name that readers know an author by.
func (l *library) addAuthor(login, name string) {
	fmt.Fprintf(l.sum, "author %q %q\n", login, name)
	l.authors[login] = name
}

// add takes an item in by its elements. Of posts the library holds nothing: they may change
// and leave it, and so what others are read by, as it is.
func (l *library) add(item map[string]string) {
	kind := item["post_type"]
	if kind == "post" || kind == "" {
		return
	}
	if kind == "page" { // which says no more to others than where it is
		maps.DeleteFunc(item, func(key, _ string) bool {
			return key == "content" || key == "excerpt" || strings.HasPrefix(key, "meta")
		})
	}
	fmt.Fprintf(l.sum, "item %q\n", item)
	id, parent := item["post_id"], item["post_parent"]
	switch kind {
	case "attachment":
		row := mediaRow{text: item["attachment_url"] + "\x00" + item["meta _wp_attachment_image_alt"] + "\x00" + item["excerpt"]}
		if viewable(item["attachment_url"]) {
			row.parent = number64(parent)
		}
		l.files[number64(id)] = row
		if u := blog.ParseURL(item["attachment_url"]); u != nil && sizedName().MatchString(u.Path) {
			l.sized[bareURL(u)] = true
		}
	case "page":
		slug := blog.Slug(blog.Unescaped(item["post_name"]))
		if slug == "" {
			slug = blog.Slug(item["title"])
		}
		l.pages[id] = sheet{slug, parent}
		if parent != "0" && item["status"] != "trash" {
			l.branches[parent] = true
		}
	case "elementor_library":
		l.blocks[id] = item["meta _elementor_data"]
	default:
		if slices.Contains(sharedTypes, item["post_type"]) {
			l.blocks[id] = item["content"]
		}
	}
}

// sharedTypes are the types of items that stand in posts as a part of them: Gutenberg's
// reusable blocks, and the layouts of page builders.
var sharedTypes = []string{"wp_block", "et_pb_layout", "templatera", "fusion_template", "fusion_element"}
