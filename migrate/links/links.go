// Package links finds where the links of a Markdown page lead, and lets them lead elsewhere;
// code stays as it is. It also knows which post of a site an address leads to. Start at
// [Page.Rewrite] and [Resolver.Lead].
package links

import (
	"bytes"
	"cmp"
	"iter"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"replant/migrate/site"
)

// Lead returns where a link to an address is to lead; false where it stays. An address is as
// a browser would ask for it, and what Lead returns as it is to stand in the page. Where the
// shortcode relref stands for an address, that is the call.
type Lead func(address string) (to string, ok bool)

// Page is how a page is read.
type Page struct {
	// Bare says that an address in running text is a link.
	Bare bool
}

// Rewrite returns the body of a page with its links as lead has them: inline links, links of
// definitions, addresses that link themselves, and the links of raw HTML and of shortcodes'
// link arguments. An address that links itself stays as the text of its link. The body is
// returned as it is where nothing changes.
func (p Page) Rewrite(body []byte, lead Lead) []byte {
	var edits []edit
	for _, l := range p.find(body) {
		if e, ok := l.edit(body, lead); ok {
			edits = append(edits, e)
		}
	}
	if len(edits) == 0 {
		return body
	}
	slices.SortFunc(edits, func(a, b edit) int { return cmp.Compare(a.start, b.start) })
	var out bytes.Buffer
	at := 0
	for _, e := range edits {
		if e.start < at {
			continue // two readings of one place: the first has it
		}
		out.Write(body[at:e.start])
		out.WriteString(e.text)
		at = e.end
	}
	out.Write(body[at:])
	return out.Bytes()
}

// edit replaces body[start:end].
type edit struct {
	start, end int
	text       string
}

// form is how a link is written.
type form uint8

const (
	inline    form = iota // [text](address), and definitions
	bracketed             // the same with <address>
	self                  // <address>
	bare                  // the address alone
	attribute             // of HTML or of a shortcode, in double quotes
	reference             // a shortcode that stands for an address
	argument              // [text](address) in what a shortcode reads as Markdown
)

// link is the place of an address in a body.
type link struct {
	start, end int
	form       form
}

// edit returns what makes a link lead elsewhere.
func (l link) edit(body []byte, lead Lead) (edit, bool) {
	raw := string(body[l.start:l.end])
	address := unescaped(raw)
	switch l.form {
	case attribute:
		address = strings.ReplaceAll(raw, "&amp;", "&")
	case reference:
		address = raw
	}
	to, ok := lead(address)
	if !ok || (l.form == attribute || l.form == argument) && strings.ContainsAny(to, "\"`<>") {
		return edit{}, false
	}
	switch l.form {
	case bracketed:
		return edit{l.start - 1, l.end + 1, to}, true
	case self:
		return named(body, l.start-1, l.end+1, raw, to), true
	case bare:
		return named(body, l.start, l.end, raw, to), true
	}
	return edit{l.start, l.end, to}, true
}

// named writes a link with an address as its text in the place of body[start:end]. Behind an
// exclamation mark it would be a picture.
func named(body []byte, start, end int, address, to string) edit {
	text := "[" + textMarks.Replace(address) + "](" + to + ")"
	if start > 0 && body[start-1] == '!' && (start < 2 || body[start-2] != '\\') {
		return edit{start - 1, end, `\!` + text}
	}
	return edit{start, end, text}
}

// textMarks escapes what an address would make of the text of a link.
var textMarks = strings.NewReplacer(`[`, `\[`, `]`, `\]`, `*`, `\*`, "`", "\\`", `_`, `\_`, `~`, `\~`, `\`, `\\`)

// unescaped returns a destination without CommonMark's backslashes and the one character
// reference that addresses have.
func unescaped(raw string) string {
	if !strings.ContainsAny(raw, `\&`) {
		return raw
	}
	var out strings.Builder
	for i := 0; i < len(raw); i++ {
		if raw[i] == '\\' && i+1 < len(raw) && isPunctuation(raw[i+1]) {
			i++
		}
		out.WriteByte(raw[i])
	}
	return strings.ReplaceAll(out.String(), "&amp;", "&")
}

// isPunctuation reports whether a backslash escapes a character (CommonMark, 2.4).
func isPunctuation(c byte) bool {
	return c >= '!' && c <= '/' || c >= ':' && c <= '@' || c >= '[' && c <= '`' || c >= '{' && c <= '~'
}

var (
	plain   = newParser()
	linking = newParser(extension.Linkify)
)

func newParser(more ...goldmark.Extender) parser.Parser {
	all := append([]goldmark.Extender{extension.Table, extension.Strikethrough, extension.TaskList, extension.Footnote, extension.DefinitionList}, more...)
	return goldmark.New(goldmark.WithExtensions(all...), goldmark.WithParserOptions(parser.WithAttribute())).Parser()
}

// parse reads a page.
func (p Page) parse(body []byte) ast.Node {
	if p.Bare {
		return linking.Parse(text.NewReader(body))
	}
	return plain.Parse(text.NewReader(body))
}

// find returns the places of all addresses that links have.
func (p Page) find(body []byte) (all []link) {
	calls := shortcodes(body)
	all = p.collect(body, body, calls)
	for _, call := range calls {
		if bytes.HasPrefix(body[call.Start:], []byte(site.Relref)) {
			all = append(all, link{call.Start, call.Stop, reference})
		}
		all = append(all, attributesOf(body, call, "link")...)
		for _, raw := range rawArguments(body, call) {
			all = append(all, p.collect(body, body[raw.Start:raw.Stop], calls)...)
		}
	}
	return all
}

// collect returns the places of the addresses in a part of a body.
func (p Page) collect(body, part []byte, calls []text.Segment) (all []link) {
	_ = ast.Walk(p.parse(part), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Link:
			if l, ok := within(body, n.Destination); ok {
				if l = l.delimited(body); l.inside(calls) {
					l.form = argument
				}
				all = append(all, l)
			}
		case *ast.AutoLink:
			l, ok := within(body, n.Label(body))
			if !ok || n.AutoLinkType != ast.AutoLinkURL || l.inside(calls) {
				break
			}
			if l.form = bare; l.start > 0 && body[l.start-1] == '<' {
				l.form = self
			}
			all = append(all, l)
		case *ast.RawHTML:
			all = append(all, attributes(body, n.Segments, "href")...)
		case *ast.HTMLBlock:
			all = append(all, attributes(body, n.Lines(), "href")...)
		}
		return ast.WalkContinue, nil
	})
	return all
}

// rawArguments returns the values between backticks in the call of a shortcode: Markdown
// takes them for code.
func rawArguments(body []byte, call text.Segment) (all []text.Segment) {
	for at := call.Start; ; {
		i := bytes.Index(body[at:call.Stop], []byte("=`"))
		if i < 0 {
			return all
		}
		start := at + i + 2
		n := bytes.IndexByte(body[start:call.Stop], '`')
		if n < 0 {
			return all
		}
		all = append(all, text.NewSegment(start, start+n))
		at = start + n + 1
	}
}

// within returns where in a body a slice of it lies; false for bytes of their own, which
// goldmark makes where it has taken something out of a line.
func within(body, part []byte) (link, bool) {
	start := cap(body) - cap(part)
	if len(part) == 0 || start < 0 || start+len(part) > len(body) || &body[start] != &part[0] {
		return link{}, false
	}
	return link{start: start, end: start + len(part)}, true
}

func (l link) delimited(body []byte) link {
	if l.start > 0 && body[l.start-1] == '<' {
		l.form = bracketed
	}
	return l
}

func (l link) inside(spans []text.Segment) bool {
	return slices.ContainsFunc(spans, func(s text.Segment) bool { return l.start >= s.Start && l.end <= s.Stop })
}

// attributes returns the values of an attribute in segments of HTML.
func attributes(body []byte, in *text.Segments, name string) (all []link) {
	for i := range in.Len() {
		all = append(all, attributesOf(body, in.At(i), name)...)
	}
	return all
}

// attributesOf returns the values of an attribute that stand in double quotes, as all do that
// replant writes.
func attributesOf(body []byte, in text.Segment, name string) (all []link) {
	for at := in.Start; at < in.Stop; {
		i := bytes.Index(body[at:in.Stop], []byte(name+`="`))
		if i < 0 {
			break
		}
		start := at + i + len(name) + 2
		n := bytes.IndexByte(body[start:in.Stop], '"')
		if n < 0 {
			break
		}
		if before := body[start-len(name)-3]; before == ' ' || before == '(' || before == ',' {
			all = append(all, link{start, start + n, attribute})
		}
		at = start + n + 1
	}
	return all
}

// shortcodes returns where a page calls shortcodes. Those in code are escaped, and so are
// none.
func shortcodes(body []byte) (calls []text.Segment) {
	for at := 0; ; {
		i := bytes.Index(body[at:], []byte("{{"))
		if i < 0 {
			return calls
		}
		start := at + i
		n := bytes.Index(body[start:], []byte("}}"))
		if n < 0 {
			return calls
		}
		at = start + n + 2
		if !bytes.HasPrefix(body[start+2:], []byte("</*")) && !bytes.HasPrefix(body[start+2:], []byte("/*")) {
			calls = append(calls, text.NewSegment(start, at))
		}
	}
}

// HostsOf returns the hosts that the links of a page lead to, as [Hosts] does, by the addresses
// of all its links. Where one of these is no whole address of the web, nor a place in the page,
// it returns the hosts of all addresses in the page.
func HostsOf(addresses iter.Seq[string], body []byte) (hosts []string) {
	for addr := range addresses {
		if strings.HasPrefix(addr, "#") {
			continue
		}
		if !strings.HasPrefix(addr, "https://") && !strings.HasPrefix(addr, "http://") {
			return Hosts(body)
		}
		_, rest, _ := strings.Cut(addr, "://")
		hosts = withHost(hosts, rest[:hostLength(rest)])
	}
	return hosts
}

// Hosts returns the hosts of the absolute addresses in a page, each once, as the names of
// posts have them: see [blog.ID].
func Hosts(body []byte) (hosts []string) {
	for at := 0; ; {
		i := bytes.Index(body[at:], []byte("://"))
		if i < 0 {
			return hosts
		}
		at += i + 3
		end := hostLength(body[at:])
		hosts = withHost(hosts, string(body[at:at+end]))
		at += end
	}
}

// hostLength measures the host that stands behind the two slashes of an address.
func hostLength[T string | []byte](rest T) (n int) {
	for n < len(rest) && rest[n] > ' ' && strings.IndexByte(`/?#)<>"'\*[]`, rest[n]) < 0 {
		n++
	}
	return n
}

// withHost adds a host that is new.
func withHost(hosts []string, host string) []string {
	if host = bareHost(host); host == "" || slices.Contains(hosts, host) {
		return hosts
	}
	return append(hosts, host)
}

// bareHost returns a host as the names of posts have it.
func bareHost(host string) string {
	host = strings.TrimPrefix(strings.ToLower(host), "www.")
	return strings.TrimSuffix(strings.TrimSuffix(host, ":80"), ":443")
}
