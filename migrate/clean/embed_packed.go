package clean

import (
	"encoding/base64"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
)

// packed returns the frames that a script, a template or an attribute keeps as text until a
// reader agrees to them (Borlabs Cookie, Embed Privacy): as HTML, escaped, or as base64. A
// program that writes frames into its page counts where it writes ones of players.
func packed(text string) []*html.Node {
	text = strings.TrimSpace(text)
	if plain, err := base64.StdEncoding.DecodeString(text); err == nil && len(plain) > 0 {
		text = string(plain)
	}
	if !strings.Contains(text, "iframe") {
		return nil
	}
	if strings.Contains(text, "&lt;iframe") {
		text = html.UnescapeString(text)
	}
	text = fromScript.Replace(text)
	at, end := strings.Index(text, "<iframe"), strings.LastIndex(text, "</iframe>")
	if at < 0 || end < at {
		return nil
	}
	body := Fragment(text[at : end+len("</iframe>")])
	if body == nil {
		return nil
	}
	frames := dom.Find(body, dom.Named(atom.Iframe))
	for _, frame := range frames {
		if e := frameEmbed(frame); e == nil || e.Kind == "link" && e.ID == "" {
			return nil
		}
		dom.Detach(frame)
	}
	return frames
}

// fromScript reads what strings of JavaScript and JSON escape.
var fromScript = strings.NewReplacer(`\/`, `/`, `\"`, `"`)

// unpack puts the frames that a script or a template keeps where it stands, and reports whether
// there were any.
func unpack(n *html.Node) bool {
	text := dom.Text(n)
	if n.DataAtom == atom.Template {
		text = dom.InnerHTML(n)
	}
	frames := packed(text)
	if len(frames) == 0 {
		return false
	}
	Replace(n, Frame, frames...)
	return true
}

// unpackBox puts the frames in the place of a box of which an attribute keeps them (Borlabs
// Cookie 3).
func unpackBox(n *html.Node) {
	if frames := packed(firstAttr(n, "data-borlabs-cookie-content", "data-brlbs-content")); len(frames) > 0 {
		Replace(n, Frame, frames...)
	}
}
