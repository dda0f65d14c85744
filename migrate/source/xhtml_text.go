package source

import (
	"encoding/xml"
	"errors"
	"html"
	"io"
	"strings"

	"replant/migrate/blog"
	"replant/migrate/feedscan"
)

// xhtmlSpace is the namespace of XHTML.
const xhtmlSpace = "http://www.w3.org/1999/xhtml"

// contentOf returns an item's content as HTML.
func contentOf(e *feedscan.Entry) string {
	if e.XHTML != "" {
		if text, ok := fromXHTML(e.XHTML); ok {
			return text
		}
	}
	return e.Content
}

// plainHTML returns a text of an Atom feed that gofeed has read as HTML, where it is one
// element called div that has a prefix or says its namespace; any other text as it is.
func plainHTML(e *feedscan.Entry, text string) string {
	if e.Atom == nil {
		return text
	}
	tag, _, ok := strings.Cut(strings.TrimSpace(text), ">")
	name, attributes, _ := strings.Cut(strings.TrimPrefix(tag, "<"), " ")
	if !ok || !strings.HasPrefix(tag, "<") || !strings.HasSuffix(name, ":div") && (name != "div" || !strings.Contains(attributes, xhtmlSpace)) {
		return text
	}
	if plain, ok := fromXHTML(text); ok {
		return plain
	}
	return text
}

// fromXHTML returns XHTML (RFC 4287, section 3.1.1.3) as HTML: its elements may have a prefix,
// and those that hold nothing may end themselves, which in HTML would swallow what follows. Not
// ok where it is not well-formed.
func fromXHTML(text string) (string, bool) {
	w := xhtmlWriter{decoder: xml.NewDecoder(strings.NewReader(text)), dropped: map[string]bool{}}
	w.decoder.Strict, w.decoder.Entity = false, xml.HTMLEntity
	for {
		t, err := w.decoder.RawToken()
		switch {
		case errors.Is(err, io.EOF):
			return w.out.String(), true
		case err != nil:
			return "", false
		}
		w.write(t)
	}
}

// xhtmlWriter writes XHTML as HTML.
type xhtmlWriter struct {
	decoder *xml.Decoder
	out     strings.Builder
	dropped map[string]bool // the prefixes that stand for HTML, SVG and MathML
	begun   bool            // the first element has been read: the div around all
	depth   int             // how many elements are open
	bare    bool            // the div around all is open, which is left out
	raw     int             // how many elements are open whose text HTML does not unescape
}

func (w *xhtmlWriter) write(t xml.Token) {
	switch t := t.(type) {
	case xml.StartElement:
		w.start(t)
	case xml.EndElement:
		w.depth--
		if w.bare && w.depth == 0 {
			w.bare = false
			return
		}
		if name := w.name(t.Name); !voidElements[name] {
			if rawElements[name] && w.raw > 0 {
				w.raw--
			}
			w.out.WriteString("</" + name + ">")
		}
	case xml.CharData:
		if w.raw > 0 {
			w.out.Write(t)
		} else {
			w.out.WriteString(html.EscapeString(string(t)))
		}
	case xml.Comment:
		w.out.WriteString("<!--" + string(t) + "-->")
	}
}

func (w *xhtmlWriter) start(t xml.StartElement) {
	for _, a := range t.Attr {
		if a.Name.Space == "xmlns" && ofHTML[a.Value] {
			w.dropped[a.Name.Local] = true
		}
	}
	w.depth++
	if !w.begun { // whose prefix is declared outside
		w.begun = true
		w.dropped[t.Name.Space] = true
		if w.bare = t.Name.Local == "div"; w.bare {
			return
		}
	}
	name := w.name(t.Name)
	w.out.WriteString("<" + name)
	for _, a := range t.Attr {
		key := a.Name.Local
		switch {
		case a.Name.Space == "xmlns", key == "xmlns" && a.Name.Space == "":
			continue
		case a.Name.Space == "xml" && key == "lang":
		case a.Name.Space != "":
			key = a.Name.Space + ":" + key
		}
		w.out.WriteString(" " + key + `="` + html.EscapeString(a.Value) + `"`)
	}
	w.out.WriteByte('>')
	if rawElements[name] {
		w.raw++
	}
}

// name returns what HTML calls an element.
func (w *xhtmlWriter) name(n xml.Name) string {
	if n.Space == "" || w.dropped[n.Space] {
		return n.Local
	}
	return n.Space + ":" + n.Local
}

var (
	ofHTML       = map[string]bool{xhtmlSpace: true, "http://www.w3.org/2000/svg": true, "http://www.w3.org/1998/Math/MathML": true}
	voidElements = blog.WordSet("area base br col embed hr img input link meta param source track wbr")
	rawElements  = blog.WordSet("script style xmp iframe noembed noframes plaintext")
)
