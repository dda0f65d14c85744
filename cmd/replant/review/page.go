package review

import (
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"html"
	"strings"
)

//go:embed page/page.html
var pageHTML string

//go:embed page/style.css
var styleCSS string

//go:embed page/frame.css
var frameCSS string

//go:embed page/script.js
var scriptJS string

// script returns the page's script, which carries the style of the frames.
func script() string {
	style, err := json.Marshal(frameCSS)
	if err != nil {
		panic(err) // of a text
	}
	return strings.Replace(scriptJS, "{{frameStyle}}", string(style), 1)
}

// policy returns the page's content security policy: it runs its own script and no other, and
// asks for nothing but what it names. The frames inherit it. Pictures may stand in the page or
// come from the address pictures, and the script may ask at the address connect; either may be
// empty.
func policy(pictures, connect string) string {
	sum := sha256.Sum256([]byte(script()))
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'",
		"style-src 'unsafe-inline'", // a style can ask for nothing that the others do not let it
		"img-src data: " + pictures,
		"connect-src " + cmp.Or(connect, "'none'"),
		"base-uri 'none'",
		"form-action 'none'",
	}, "; ")
}

// page returns the page, up to what a file has more.
func page(policy string, h head) (before, after string, err error) {
	text, err := json.Marshal(h) // which escapes what could end a script
	if err != nil {
		return "", "", err
	}
	filled := strings.NewReplacer(
		"{{policy}}", html.EscapeString(policy), "{{style}}", styleCSS, "{{script}}", script(), "{{head}}", string(text),
	).Replace(pageHTML)
	before, after, _ = strings.Cut(filled, "{{more}}")
	return before, after, nil
}
