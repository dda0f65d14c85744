package review

import (
	"bufio"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"replant/migrate"
)

// Bounds of a file: browsers open one of a few dozen megabytes at once.
const (
	pictureMost  = 400 << 10 // bytes of a picture
	picturesMost = 16 << 20  // of all pictures
	detailsMost  = 32 << 20  // of the posts, packed
	roomLeast    = 1 << 20   // taken off for a post that has no room
)

// file writes a book as one file.
type file struct {
	book  *Book
	names map[string]int // of the pictures that are in it, by file of the site
	asked []string       // the same, in order
	room  int            // for pictures
	zip   *gzip.Writer   // of one post after the other
}

// Write writes the book as one file, which asks for nothing. It returns how many posts had no
// room but in the list: those that need their author go first.
func (b *Book) Write(w io.Writer) (left int, err error) { return b.write(w, detailsMost) }

// write is Write with so much room for posts.
func (b *Book) write(w io.Writer, room int) (left int, err error) {
	f := &file{book: b, names: map[string]int{}, room: picturesMost, zip: gzip.NewWriter(io.Discard)}
	out := bufio.NewWriterSize(w, 1<<16)
	h := b.head(f.picture)
	h.CanWrite = false
	before, after, err := page(policy("", ""), h)
	if err != nil {
		return 0, err
	}
	_, _ = out.WriteString(before) // the writer keeps its own error
	for _, i := range b.urgent() {
		n, err := f.post(out, i, room)
		if err != nil {
			return 0, err
		}
		if n == 0 {
			left++
			room -= roomLeast // the next ones will hardly fit either
		}
		room -= n
	}
	if err := f.pictures(out); err != nil {
		return 0, err
	}
	_, _ = out.WriteString(after)
	return left, out.Flush()
}

// urgent returns the numbers of the posts, those first that need their author, then those that
// change.
func (b *Book) urgent() []int {
	rank := func(p *migrate.Reviewed) int {
		switch {
		case p.Verdict == "conflict" || p.Verdict == "shrunk" || p.Verdict == migrate.Failed:
			return 0
		case len(p.Losses) > 0 || missingOf(p) > 0:
			return 1
		case p.Verdict != migrate.Unchanged:
			return 2
		}
		return 3
	}
	all := make([]int, len(b.Review.Posts))
	for i := range all {
		all[i] = i
	}
	slices.SortStableFunc(all, func(i, j int) int { return rank(b.Review.Posts[i]) - rank(b.Review.Posts[j]) })
	return all
}

// post writes a post, and returns how much room it took; none where there was not enough.
func (f *file) post(w io.Writer, i, room int) (int, error) {
	if room <= 0 {
		return 0, nil
	}
	d, err := f.book.detail(f.book.Review.Posts[i], f.picture)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", f.book.Review.Posts[i].Path, err)
	}
	var packed strings.Builder
	encoder := base64.NewEncoder(base64.StdEncoding, &packed)
	f.zip.Reset(encoder)
	for _, step := range []func() error{func() error { return json.NewEncoder(f.zip).Encode(d) }, f.zip.Close, encoder.Close} {
		if err := step(); err != nil {
			return 0, err
		}
	}
	if packed.Len() > room {
		return 0, nil
	}
	_, err = fmt.Fprintf(w, "<script type=\"text/plain\" id=\"d%d\">%s</script>\n", i, packed.String())
	return packed.Len(), err
}

// picture returns how the page calls a file of the site. A picture that has no room is not
// there.
func (f *file) picture(name string) string {
	n, ok := f.names[name]
	if !ok {
		n = len(f.asked)
		f.names[name] = n
		f.asked = append(f.asked, name)
	}
	return "pic:" + strconv.Itoa(n)
}

// pictures writes the pictures, in the order in which the page calls them.
func (f *file) pictures(w io.Writer) error {
	for i, name := range f.asked {
		data, kind := f.read(name)
		if data == nil {
			continue
		}
		f.room -= len(data)
		if _, err := fmt.Fprintf(w, "<script type=\"text/plain\" id=\"p%d\">data:%s;base64,%s</script>\n", i, kind, base64.StdEncoding.EncodeToString(data)); err != nil {
			return err
		}
	}
	return nil
}

// read reads a picture; nil where it is too large, or not to be had.
func (f *file) read(name string) ([]byte, string) {
	in, kind, err := f.book.open(name)
	if err != nil {
		return nil, ""
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, pictureMost+1))
	if err != nil || len(data) > pictureMost || len(data) > f.room {
		return nil, ""
	}
	return data, kind
}
