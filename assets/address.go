package assets

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// address is one place that a picture may come from.
type address struct {
	key  string   // what memory knows it by; see Asset.Addr
	text string   // what a reference shows while the picture is remote
	url  *url.URL // nil for data and for what is no address
	kind *kind    // what is expected there
	file string   // where it may lie beside the feed; else empty
	data string   // a data: address; else empty
	err  error    // why it is no address
}

// address reads an address as a browser would, and tells whether there is any. One
// within the page itself is none.
func (o Options) address(raw string) (address, bool) {
	raw = clean(raw)
	switch {
	case raw == "", raw[0] == '#':
		return address{}, false
	case scheme(raw) == "data":
		sum := sha256.Sum256([]byte(raw))
		return address{key: "data:" + hex.EncodeToString(sum[:]), text: raw, data: raw, kind: &pictures}, true
	}
	u, err := url.Parse(encode(raw))
	if err != nil {
		return address{key: raw, text: raw, err: fmt.Errorf("not an address: %w", errors.Unwrap(err))}, true
	}
	file := beneath(u)
	u.Host = asciiHost(u)
	if u.Scheme == "" && u.Host != "" {
		u.Scheme = "https"
	}
	if o.Base != nil {
		u = o.Base.ResolveReference(u)
	}
	a := addressOf(u)
	a.file = file
	return a, a.key != ""
}

func addressOf(u *url.URL) address {
	bare := *u
	bare.Fragment, bare.RawFragment = "", ""
	return address{key: bare.String(), text: u.String(), url: &bare, kind: &pictures}
}

// asciiHost returns a host as the name service knows it: one in another script would come
// out as percent signs.
func asciiHost(u *url.URL) string {
	if !strings.ContainsFunc(u.Host, func(r rune) bool { return r > unicode.MaxASCII }) {
		return u.Host
	}
	name, err := idna.Lookup.ToASCII(u.Hostname())
	if err != nil {
		return u.Host
	}
	if port := u.Port(); port != "" {
		return name + ":" + port
	}
	return name
}

// beneath returns the name that a relative address has below its own folder, or "".
func beneath(u *url.URL) string {
	if u.Scheme != "" || u.Host != "" || u.User != nil || path.IsAbs(u.Path) {
		return ""
	}
	name := strings.TrimPrefix(u.Path, "./")
	if name == "." || !fs.ValidPath(name) {
		return ""
	}
	return name
}

// clean takes off what browsers ignore in an address: space around it, tabs and line
// ends in it.
func clean(raw string) string {
	raw = strings.TrimSpace(raw)
	for i := range len(raw) {
		if c := raw[i]; c < ' ' || c >= utf8.RuneSelf {
			return strings.Map(lineless, raw)
		}
	}
	return raw
}

// lineless drops tabs and line ends.
func lineless(r rune) rune {
	if r == '\t' || r == '\n' || r == '\r' {
		return -1
	}
	return r
}

// scheme returns an address's scheme in small letters, or "".
func scheme(raw string) string {
	i := strings.IndexAny(raw, ":/?#")
	if i < 0 || raw[i] != ':' {
		return ""
	}
	return strings.ToLower(raw[:i])
}

// encode escapes what may not stand in an address, and nothing else: signed addresses
// break when more is touched. Hosts of other scripts stay as they are.
func encode(raw string) string {
	head, tail := raw, ""
	if i := strings.IndexAny(raw, "?#"); i >= 0 {
		head, tail = raw[:i], raw[i:]
	}
	head = strings.ReplaceAll(head, `\`, "/") // as browsers read it
	authority := len(head) - len(afterHost(head))
	return head[:authority] + escape(head[authority:]) + escape(tail)
}

// afterHost returns the path of an address that may have a scheme and a host.
func afterHost(head string) string {
	_, rest, ok := strings.Cut(head, "//")
	if s := scheme(head); !ok || !strings.HasPrefix(head, "//") && !strings.HasPrefix(head[len(s):], "://") {
		return head
	}
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		return rest[i:]
	}
	return ""
}

func escape(s string) string {
	var b strings.Builder
	from := 0
	for i := range len(s) {
		c := s[i]
		stray := c == '%' && (i+2 >= len(s) || !hexDigit(s[i+1]) || !hexDigit(s[i+2]))
		if stray || c <= ' ' || c >= 0x7F || c == '"' || c == '<' || c == '>' {
			fmt.Fprintf(&b, "%s%%%02X", s[from:i], c)
			from = i + 1
		}
	}
	if from == 0 {
		return s
	}
	return b.String() + s[from:]
}

func hexDigit(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}

// dataMost bounds a picture that stands in the text itself, in bytes of its address.
const dataMost = 32 << 20

var (
	errDataLong   = errors.New("a data: address of over 32 MB")
	errDataBroken = errors.New("a broken data: address")
)

// inline makes a file in memory of a data: address.
func inline(addr string, k *kind) (Asset, string, error) {
	data, err := decodeData(addr)
	if err != nil {
		return Asset{}, "", err
	}
	return inspect(blob(data), blobName, k)
}

// decodeData returns the bytes of a data: address, as RFC 2397 has it.
func decodeData(addr string) ([]byte, error) {
	if len(addr) > dataMost {
		return nil, errDataLong
	}
	head, body, ok := strings.Cut(addr, ",")
	if !ok {
		return nil, errDataBroken
	}
	// Base64 has no percent sign, so that this undoes what is escaped in either form.
	text, err := url.PathUnescape(body)
	if err != nil {
		text = body // a stray percent sign, as in unescaped SVG
	}
	if !strings.HasSuffix(strings.ToLower(strings.TrimSpace(head)), ";base64") {
		return []byte(text), nil
	}
	data, err := decodeBase64(text)
	if err != nil {
		return nil, errDataBroken
	}
	return data, nil
}

// decodeBase64 takes both alphabets, with padding and without, white space anywhere.
func decodeBase64(text string) ([]byte, error) {
	text = strings.NewReplacer("-", "+", "_", "/", "=", "", " ", "", "\t", "", "\n", "", "\r", "").Replace(text)
	return base64.RawStdEncoding.DecodeString(text)
}

// blobName is the name of a blob's only file.
const blobName = "data"

// blob is a file system of one file.
type blob []byte

func (b blob) Open(name string) (fs.File, error) {
	if name != blobName {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return blobFile{bytes.NewReader(b)}, nil
}

// blobFile is a blob being read, and its own fs.FileInfo: the reader knows the size.
type blobFile struct{ *bytes.Reader }

func (f blobFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f blobFile) Close() error               { return nil }
func (f blobFile) Name() string               { return blobName }
func (f blobFile) Mode() fs.FileMode          { return 0o444 }
func (f blobFile) ModTime() time.Time         { return time.Time{} }
func (f blobFile) IsDir() bool                { return false }
func (f blobFile) Sys() any                   { return nil }
