package source

import (
	"bytes"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"replant/migrate/feedscan"
)

// split cuts an export of WordPress that came in several files, as that of a large blog does,
// one after the other. What a post refers to may be in any of them.
type split struct {
	all     []member
	files   []member       // that are still to be read
	head    *feedscan.Head // the first one's
	present feedscan.Cutter
	body    io.Closer
	name    string
	index   int
}

// wxrParts reads the parts of an export in the order of their names, in which WordPress
// numbers them.
func wxrParts(members []member) (feedscan.Cutter, error) {
	var files []member
	for _, m := range members {
		if path.Ext(m.Name) == ".xml" && isWXR(m) {
			files = append(files, m)
		}
	}
	if files == nil {
		return nil, nil
	}
	return inOrder(files), nil
}

// wxrNamed reads the parts that an author has named, none of which may be anything else.
func wxrNamed(members []member) (feedscan.Cutter, error) {
	for _, m := range members {
		if !isWXR(m) {
			return nil, feedscan.NotFeed(m.Name + " is no part of an export of WordPress")
		}
	}
	return inOrder(members), nil
}

func inOrder(files []member) *split {
	files = slices.Clone(files)
	slices.SortStableFunc(files, func(a, b member) int { return strings.Compare(a.Name, b.Name) })
	return &split{all: files, files: files}
}

// wxrSniffed is how much of a file is looked at for the sign of an export of WordPress.
const wxrSniffed = 8 << 10

// isWXR reports whether a file begins as an export of WordPress.
func isWXR(m member) bool {
	r, err := m.Open()
	if err != nil {
		return false
	}
	defer r.Close()
	head, err := io.ReadAll(io.LimitReader(r, wxrSniffed))
	return err == nil && bytes.Contains(head, []byte("<rss")) && bytes.Contains(head, []byte("wordpress.org/export/"))
}

// Head returns the head of the first part that has one.
func (p *split) Head() (*feedscan.Head, error) {
	if err := p.next(); err != nil {
		return nil, err
	}
	return p.head, nil
}

// next opens the next part; io.EOF where there is none.
func (p *split) next() error {
	if p.body != nil {
		p.body.Close()
		p.body, p.present = nil, nil
	}
	if len(p.files) == 0 {
		return io.EOF
	}
	m := p.files[0]
	p.files, p.name = p.files[1:], path.Base(m.Name)
	body, err := m.Open()
	if err != nil {
		return err
	}
	p.body = body
	if p.present, err = feedscan.Open(body, nil, ""); err != nil {
		return err
	}
	head, err := p.present.Head()
	if p.head == nil {
		p.head = head
	}
	return err
}

// Next returns the next item of all parts. A part that breaks off or cannot be read costs
// itself, and is an error of one item, so that the others are read.
func (p *split) Next() (*feedscan.Entry, error) {
	for {
		if p.present != nil {
			e, err := p.present.Next()
			var broken *feedscan.BrokenItem
			if err == nil || errors.As(err, &broken) {
				p.index++
				return e, err
			}
			p.present = nil
			if !errors.Is(err, io.EOF) {
				return nil, p.failed(err)
			}
		}
		switch err := p.next(); {
		case errors.Is(err, io.EOF) && p.body == nil:
			return nil, io.EOF
		case err != nil:
			p.present = nil
			return nil, p.failed(err)
		}
	}
}

func (p *split) failed(err error) error {
	p.index++
	return &feedscan.BrokenItem{Index: p.index, Name: p.name, Cause: err}
}

// joined reads files one after the other, as far as they can be read.
func joined(members []member) io.Reader {
	var all []io.Reader
	for _, m := range members {
		all = append(all, &later{open: m.Open}, strings.NewReader("\n"))
	}
	return io.MultiReader(all...)
}

// later is a file that is opened when it is read, and closed at its end. One that fails ends
// there: reading its items says so.
type later struct {
	open func() (io.ReadCloser, error)
	file io.ReadCloser
}

func (l *later) Read(b []byte) (int, error) {
	if l.file == nil {
		f, err := l.open()
		if err != nil {
			return 0, io.EOF
		}
		l.file = f
	}
	n, err := l.file.Read(b)
	if err != nil {
		l.file.Close()
		return n, io.EOF
	}
	return n, nil
}

// survey reads the parts for what their posts refer to.
func (p *split) survey(by func(io.Reader) *library) *library { return by(joined(p.all)) }
