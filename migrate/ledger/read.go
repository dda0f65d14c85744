package ledger

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Read reads a ledger as [Ledger.Write] writes it. It holds one post of the file at a
// time: the ledger of a large blog is larger than all that it says.
func Read(r io.Reader) (*Ledger, error) {
	d := reader{Decoder: json.NewDecoder(bufio.NewReader(r)), ledger: &Ledger{}}
	err := d.object()
	if err == nil {
		err = d.end()
	}
	switch {
	case errors.Is(err, ErrVersion):
		return nil, ErrVersion
	case err != nil:
		return nil, fmt.Errorf("not a ledger: %w", plainly(err))
	}
	return d.ledger, nil
}

// ReadHead reads what stands before the posts of a ledger: its feeds are there. What is wrong
// behind that it does not find.
func ReadHead(r io.Reader) (*Ledger, error) {
	d := reader{Decoder: json.NewDecoder(bufio.NewReader(r)), ledger: &Ledger{}, headAlone: true}
	if err := d.object(); !errors.Is(err, errEnough) {
		return nil, cmp.Or(err, errNoHead)
	}
	return d.ledger, nil
}

// errNoHead says that a ledger is not arranged as [Ledger.Write] does.
var errNoHead = errors.New("no head")

// errEnough says that what was asked for has been read.
var errEnough = errors.New("enough")

// plainly says what is wrong with JSON in words that do not need to know Go.
func plainly(err error) error {
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("it ends too early")
	case errors.As(err, &wrong):
		return fmt.Errorf("%s cannot be a %s", cmp.Or(wrong.Field, "a part of it"), wrong.Value)
	}
	return err
}

// reader reads the file of a ledger.
type reader struct {
	*json.Decoder
	ledger  *Ledger
	version *int // nil as long as none was read
	// headAlone says that nothing behind the feeds is asked for.
	headAlone bool
}

// object reads the file's one object.
func (d *reader) object() error {
	if err := d.mark('{'); err != nil {
		return err
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		if err := d.member(name); err != nil {
			return fmt.Errorf("%v: %w", name, err)
		}
	}
	return d.mark('}')
}

// member reads one part of the ledger. One that this version does not know is passed
// over: a newer version that adds what must not be lost says so by its number.
func (d *reader) member(name json.Token) error {
	l := d.ledger
	switch name {
	case "version":
		if err := d.Decode(&d.version); err != nil || d.version == nil || *d.version <= version {
			return err
		}
		return ErrVersion
	case "theme":
		return d.Decode(&l.Theme)
	case "told":
		return d.Decode(&l.Told)
	case "outages":
		return each(d, func(o *Outage) { l.Outages = append(l.Outages, o) })
	case "feeds":
		return each(d, func(f *Feed) { l.Feeds = append(l.Feeds, f) })
	case "files":
		return each(d, func(f *File) { l.Files = append(l.Files, f) })
	case "posts":
		if d.headAlone && d.version != nil && len(l.Feeds) > 0 {
			return errEnough
		}
		return each(d, l.Add)
	}
	return d.Decode(new(json.RawMessage))
}

// end checks that the object is whole and alone.
func (d *reader) end() error {
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something stands behind its end")
	}
	if d.version == nil {
		return errors.New("it has no version")
	}
	for _, e := range d.ledger.Posts {
		if e.Path == "" {
			return errors.New("posts: one has no path")
		}
	}
	return nil
}

// each reads a list, an element at a time.
func each[T any](d *reader, take func(*T)) error {
	switch t, err := d.Token(); {
	case err != nil || t == nil: // null is an empty list
		return err
	case t != json.Delim('['):
		return fmt.Errorf("%v is no list", t)
	}
	for d.More() {
		var x *T
		switch err := d.Decode(&x); {
		case err != nil:
			return err
		case x == nil:
			return errors.New("a part of it is null")
		}
		take(x)
	}
	return d.mark(']')
}

// mark reads one mark of JSON.
func (d *reader) mark(want json.Delim) error {
	t, err := d.Token()
	if err == nil && t != want {
		if t == nil {
			t = "null"
		}
		err = fmt.Errorf("%v where a %v belongs", t, want)
	}
	return err
}
