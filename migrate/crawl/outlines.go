package crawl

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"net/url"
	"slices"
	"unicode/utf8"

	"replant/migrate/blog"
	"replant/migrate/source"
)

// Notes are files that outlive a run, one for each address of a page. Those that a run of
// another version of the program has written are none.
type Notes interface {
	// Note opens the file of an address.
	Note(of *url.URL) (Note, error)
	// NewNote begins the file that is to take the place of it.
	NewNote(of *url.URL) (NewNote, error)
}

// Note is a file that an earlier run has written.
type Note interface {
	io.Reader
	io.ReaderAt
	io.Closer
}

// NewNote is a file that is being written.
type NewNote interface {
	io.Writer
	// Keep puts it in its place.
	Keep() error
	// Drop gives it up. It does nothing to one that is kept.
	Drop()
}

// outlines are those of the items of one page: what the last run has noted, and what is noted
// for the next. Where anything goes wrong with their files there are none, which costs time
// alone. A nil one has none.
//
// The file has a line an item: its key, the checksum of the rest, and the outline as JSON.
type outlines struct {
	last  Note
	lines map[source.Key]line // of last
	next  NewNote
	out   *bufio.Writer
	err   error // of next
	news  int   // outlines that the last run did not have
}

// line is where an outline stands in a file.
type line struct {
	at   int64
	size int
}

// noted returns the outlines of a page of the feed; nil for a page that cannot be named.
func (r *Reader) noted(page *url.URL) *outlines {
	if page == nil {
		page = r.feed.File
	}
	if r.notes == nil || page == nil {
		return nil
	}
	o := &outlines{lines: map[source.Key]line{}}
	if last, err := r.notes.Note(page); err == nil {
		o.last = last
		o.index()
	}
	if o.next, o.err = r.notes.NewNote(page); o.err == nil {
		o.out = bufio.NewWriterSize(o.next, bufferSize)
	}
	return o
}

// bufferSize is that of the files.
const bufferSize = 64 << 10

const (
	keyLen  = 2 * len(source.Key{})
	headLen = keyLen + 1 + 8 + 1 // of a line, up to the outline
)

// index notes where the lines of the last run stand.
func (o *outlines) index() {
	b := bufio.NewReaderSize(o.last, bufferSize)
	for at := int64(0); ; {
		text, err := b.ReadSlice('\n')
		size := len(text)
		var key source.Key
		n, _ := hex.Decode(key[:], text[:min(keyLen, size)]) // of what is no key, fewer
		for err == bufio.ErrBufferFull {                     //nolint:errorlint // it is never wrapped
			text, err = b.ReadSlice('\n')
			size += len(text)
		}
		if err != nil {
			return // the rest is no line
		}
		if n == len(key) {
			o.lines[key] = line{at, size}
		}
		at += int64(size)
	}
}

// Outline returns the outline of an item, and notes it for the next run.
func (o *outlines) Outline(of source.Key) (source.Outline, bool) {
	text, made, ok := o.read(of)
	if ok {
		o.write(text)
	}
	return made, ok
}

// Keep notes an outline for the next run.
func (o *outlines) Keep(of source.Key, made source.Outline) {
	o.news++
	text, err := json.Marshal(made)
	if err != nil || slices.ContainsFunc(made.Names, func(n blog.ID) bool { return !utf8.ValidString(string(n)) }) {
		return // JSON does not hold it
	}
	o.write(fmt.Appendf(nil, "%x %08x %s\n", of, crc32.ChecksumIEEE(text), text))
}

func (o *outlines) write(text []byte) {
	if o.err == nil {
		_, o.err = o.out.Write(text)
	}
}

// read reads the line of an item.
func (o *outlines) read(of source.Key) (text []byte, made source.Outline, ok bool) {
	l, ok := o.lines[of]
	if !ok {
		return nil, made, false
	}
	text = make([]byte, l.size)
	if _, err := o.last.ReadAt(text, l.at); err != nil || l.size <= headLen {
		return nil, made, false
	}
	said := bytes.TrimSuffix(text[headLen:], []byte("\n"))
	if string(text[keyLen:headLen]) != fmt.Sprintf(" %08x ", crc32.ChecksumIEEE(said)) || json.Unmarshal(said, &made) != nil {
		return nil, source.Outline{}, false
	}
	return text, made, true
}

// keep puts the outlines of the page in their place, if the last run did not have them all.
func (o *outlines) keep() {
	if o == nil || o.news == 0 || o.err != nil || o.out.Flush() != nil {
		return
	}
	_ = o.next.Keep() // else those of the last run stay
}

func (o *outlines) close() {
	if o == nil {
		return
	}
	if o.last != nil {
		_ = o.last.Close() // it was only read
	}
	if o.next != nil {
		o.next.Drop()
	}
}

// known returns the outlines for the one who reads the page.
func (o *outlines) known() source.Outlines {
	if o == nil {
		return nil
	}
	return o
}

// before returns the outlines for who reads the page once more and notes nothing.
func (o *outlines) before() source.Outlines {
	if o == nil {
		return nil
	}
	return onlyRead{o}
}

type onlyRead struct{ *outlines }

func (o onlyRead) Outline(of source.Key) (source.Outline, bool) {
	_, made, ok := o.read(of)
	return made, ok
}

func (onlyRead) Keep(source.Key, source.Outline) {}
