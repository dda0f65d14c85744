package feedscan

import (
	"bytes"
	"encoding/xml"
	"strings"
)

// xhtmlContent returns what is in the content of an Atom entry whose type is xhtml, as it
// stands there; "" where there is none. gofeed reads it as HTML, in which an element that
// ends itself is still open.
func xhtmlContent(item []byte) string {
	if !bytes.Contains(item, []byte("xhtml")) {
		return ""
	}
	d := xml.NewDecoder(bytes.NewReader(item))
	d.Strict, d.Entity = false, xml.HTMLEntity
	const within = 1 // the entry
	for depth := 0; ; {
		t, err := d.RawToken()
		if err != nil {
			return ""
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth == within && t.Name.Local == "content" && isXHTML(t) {
				begin := d.InputOffset()
				return string(item[begin:elementEnd(d, begin)])
			}
			depth++
		case xml.EndElement:
			depth--
		}
	}
}

func isXHTML(t xml.StartElement) bool {
	for _, a := range t.Attr {
		if a.Name.Local == "type" && a.Name.Space == "" {
			return strings.EqualFold(a.Value, "xhtml")
		}
	}
	return false
}

// elementEnd returns where the end tag of the element begins whose content a decoder is about
// to read: begin where that never ends.
func elementEnd(d *xml.Decoder, begin int64) int64 {
	for depth := 0; ; {
		before := d.InputOffset()
		t, err := d.RawToken()
		if err != nil {
			return begin
		}
		switch t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			if depth--; depth < 0 {
				return before
			}
		}
	}
}
