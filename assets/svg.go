package assets

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"golang.org/x/net/html/charset"

	"replant/migrate/regex"
)

const (
	// svgMost bounds an SVG, in bytes: it is read into memory.
	svgMost = 16 << 20
	// svgDeep bounds how deep its elements are nested; drawing programs stay below 100.
	svgDeep = 500
	// entityMost bounds the text of an entity; programs give names of namespaces.
	entityMost = 1000
)

// cleanSVG returns an SVG that holds nothing but what draws: see svg_allowed.go. Opened by
// itself, beside a page, it would run and load things with the rights of the whole site. A
// file that has nothing else comes back byte for byte, and changed is false.
//
// It is refused where it cannot be read as its reader would, or where taking something out
// takes out what a reader sees.
func cleanSVG(text []byte) (clean []byte, changed bool, err error) {
	c := newSVGCleaner(text)
	switch err := c.tokens(); {
	case err != nil:
		return nil, false, err
	case !c.rooted:
		return nil, false, errors.New("SVG without an svg element")
	case !c.changed:
		return text, false, nil
	case c.removed != "" && !c.draws:
		return nil, false, fmt.Errorf("SVG that shows nothing without its %s", c.removed)
	}
	return c.out.Bytes(), true, nil
}

// svgCleaner reads an SVG and writes what may stay of it, in UTF-8.
type svgCleaner struct {
	in   *xml.Decoder
	out  bytes.Buffer
	amps int // an upper bound of the entities that are used

	depth  int
	rooted bool             // the root has begun
	skip   int              // how deep within an element that is left out; 0 outside
	seen   bool             // that element shows something: it cannot be left out
	open   bool             // a start tag lacks its end
	style  *strings.Builder // the text of a style sheet; nil outside of one

	changed bool
	removed string // the first thing that was taken out, by name
	draws   bool   // something that stays is drawn
}

func newSVGCleaner(text []byte) *svgCleaner {
	plain, marked := bytes.CutPrefix(text, []byte("\ufeff"))
	c := &svgCleaner{in: xml.NewDecoder(bytes.NewReader(plain)), amps: bytes.Count(plain, []byte("&"))}
	c.in.CharsetReader = func(label string, r io.Reader) (io.Reader, error) {
		c.changed = true // written in UTF-8, it is read as it was here, whatever else its bytes mean
		if marked {
			return r, nil // a byte order mark counts for more than what a file says (XML 1.0, F.1)
		}
		return charset.NewReaderLabel(label, r)
	}
	return c
}

// tokens reads the file to its end.
func (c *svgCleaner) tokens() error {
	for {
		t, err := c.in.Token()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("SVG: %w", err)
		}
		if err := c.token(t); err != nil {
			return err
		}
	}
}

func (c *svgCleaner) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		return c.start(t)
	case xml.EndElement:
		c.end(t)
	case xml.CharData:
		return c.text(string(t))
	case xml.Comment:
		if c.skip == 0 && c.style == nil && c.depth > 0 {
			c.closeTag()
			c.out.WriteString("<!--" + string(t) + "-->")
		}
	case xml.ProcInst:
		if t.Target != "xml" { // xml-stylesheet transforms the document
			c.remove("processing instruction")
		}
	case xml.Directive:
		return c.directive(string(t))
	}
	return nil
}

func (c *svgCleaner) start(e xml.StartElement) error {
	c.depth++
	switch {
	case c.depth > svgDeep:
		return errors.New("SVG with elements nested too deep")
	case c.depth == 1 && (c.rooted || e.Name.Local != "svg" || !isSVG(e.Name.Space)):
		return errors.New("SVG with a root other than svg")
	case c.skip > 0 && c.seen:
		return errForeign
	case c.skip == 0 && c.stays(e):
		c.rooted = true
		return nil
	}
	c.skip++
	return nil
}

// errForeign says that an SVG shows HTML, which is no drawing: without it the picture
// would lack what a reader sees.
var errForeign = errors.New("SVG with a foreignObject element")

// stays writes an element that may stay, and tells whether it may.
func (c *svgCleaner) stays(e xml.StartElement) bool {
	name := e.Name.Local
	attrs, fit := c.attributes(e)
	if c.style != nil || !isSVG(e.Name.Space) || !svgElements[name] || !fit {
		c.seen = name == "foreignObject" && isSVG(e.Name.Space)
		c.remove(name + " element")
		return false
	}
	c.closeTag()
	c.out.WriteString("<" + name)
	if c.depth == 1 {
		c.out.WriteString(` xmlns="` + svgSpace + `" xmlns:xlink="` + xlinkSpace + `"`)
	}
	for _, a := range attrs {
		c.out.WriteString(" " + a.Name.Local + `="`)
		_ = xml.EscapeText(&c.out, []byte(a.Value)) // a buffer takes everything
		c.out.WriteString(`"`)
	}
	c.open = true
	if name == "style" {
		c.style = &strings.Builder{}
	}
	c.draws = c.draws || svgDrawn[name]
	return true
}

func (c *svgCleaner) end(e xml.EndElement) {
	c.depth--
	if c.skip > 0 {
		if c.skip--; c.skip == 0 {
			c.seen = false
		}
		return
	}
	if c.style != nil {
		c.sheet(c.style.String())
		c.style = nil
	}
	if c.open {
		c.out.WriteString("/>")
		c.open = false
		return
	}
	c.out.WriteString("</" + e.Name.Local + ">")
}

// sheet writes a style sheet.
func (c *svgCleaner) sheet(text string) {
	clean, ok := cleanCSS(text)
	if !ok {
		clean = ""
	}
	if clean != text {
		c.remove("style sheet's addresses")
	}
	c.write(clean)
}

func (c *svgCleaner) text(text string) error {
	blank := strings.TrimSpace(text) == ""
	switch {
	case c.depth == 0 && !blank:
		return errors.New("SVG with text around it")
	case c.skip > 0 && c.seen && !blank:
		return errForeign
	case c.skip > 0 || c.depth == 0:
	case c.style != nil:
		c.style.WriteString(text)
	default:
		c.write(text)
	}
	return nil
}

var textEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;")

func (c *svgCleaner) write(text string) {
	if text == "" {
		return
	}
	c.closeTag()
	_, _ = textEscapes.WriteString(&c.out, text)
}

func (c *svgCleaner) closeTag() {
	if c.open {
		c.out.WriteString(">")
		c.open = false
	}
}

// remove notes that something does not stay.
func (c *svgCleaner) remove(what string) {
	c.changed = true
	if c.removed == "" {
		c.removed = what
	}
}

var (
	// svgDoctype is the document type that drawing programs write. No browser loads it.
	svgDoctype = regex.Lazy(`^DOCTYPE\s+svg\s+PUBLIC\s+"-//W3C//DTD SVG [^"]*"\s+"https?://www\.w3\.org/[^"]*"\s*$`)
	// entity is a declaration of a text without marks, as Illustrator writes them.
	entity = regex.Lazy(`<!ENTITY\s+([A-Za-z_][\w.-]*)\s+(?:"([^"<&%]*)"|'([^'<&%]*)')\s*>`)
)

// directive reads a document type. Entities that stand for a plain text are put in their
// places; nothing else of it stays: it may give elements attributes that they do not show.
func (c *svgCleaner) directive(text string) error {
	if svgDoctype().MatchString(text) {
		return nil
	}
	c.changed = true
	longest := 0
	c.in.Entity = map[string]string{}
	for _, m := range entity().FindAllStringSubmatch(text, -1) {
		value := m[2] + m[3]
		c.in.Entity[m[1]] = value
		longest = max(longest, len(value))
	}
	if longest > entityMost || c.amps*longest > svgMost {
		return errors.New("SVG with entities that are too large")
	}
	return nil
}

// cleanedSVG is a file system whose files are SVGs, cleaned as they are opened: the bytes
// need not lie in memory until they are written.
type cleanedSVG struct{ fs.FS }

func (f cleanedSVG) Open(name string) (fs.File, error) {
	text, err := readSVG(f.FS, name)
	if err != nil {
		return nil, err
	}
	clean, _, err := cleanSVG(text)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return blobFile{bytes.NewReader(clean)}, nil
}

// readSVG reads the whole of an SVG.
func readSVG(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, svgMost+1))
	if len(text) > svgMost {
		return nil, errors.New("SVG of over 16 MB")
	}
	return text, err
}
