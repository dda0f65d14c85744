package assets

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html/charset"
)

// harmless reads an SVG and refuses one that could run a script when it is opened on
// its own: stored beside a page, it would run with the rights of the whole site.
func harmless(r io.Reader) error {
	d := xml.NewDecoder(r)
	d.CharsetReader = charset.NewReaderLabel
	for {
		t, err := d.RawToken()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("SVG: %w", err)
		}
		if why := danger(t); why != "" {
			return fmt.Errorf("SVG with %s", why)
		}
	}
}

// danger says what of a token may run a script; "" when nothing does.
func danger(t xml.Token) string {
	switch t := t.(type) {
	case xml.StartElement:
		return activeElement(t)
	case xml.ProcInst:
		if t.Target != "xml" { // xml-stylesheet transforms the document
			return "a processing instruction"
		}
	case xml.Directive:
		if strings.Contains(strings.ToUpper(string(t)), "<!ENTITY") {
			return "entities"
		}
	}
	return ""
}

func activeElement(e xml.StartElement) string {
	switch strings.ToLower(e.Name.Local) {
	case "script", "foreignobject", "handler", "listener", "iframe", "embed", "object":
		return "a " + e.Name.Local + " element"
	}
	for _, a := range e.Attr {
		if a.Name.Space == "" && strings.HasPrefix(strings.ToLower(a.Name.Local), "on") {
			return "an " + a.Name.Local + " handler"
		}
		if runs(a.Value) {
			return "an active address in " + a.Name.Local
		}
	}
	return ""
}

// runs tells whether a value holds an address that runs, also as one of several in an
// animation. Browsers skip white space and controls in a scheme.
func runs(value string) bool {
	value = strings.ToLower(strings.Map(func(r rune) rune {
		if r <= ' ' {
			return -1
		}
		return r
	}, value))
	for _, start := range []string{"javascript:", "vbscript:", "data:text/"} {
		if strings.Contains(value, start) {
			return true
		}
	}
	return false
}
