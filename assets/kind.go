package assets

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	_ "image/gif"  // for their sizes
	_ "image/jpeg" // too
	_ "image/png"  // too
	"io"
	"io/fs"
	"strconv"
	"strings"

	"github.com/gabriel-vasile/mimetype"
	_ "golang.org/x/image/webp" // too
	"golang.org/x/net/html"

	"replant/migrate/dom"
	"replant/migrate/regex"
)

// kind is what a file may be.
type kind struct {
	what    string
	most    int64             // bytes; 0 for the fetcher's own limit
	endings map[string]string // by media type, those that browsers show and play
}

var pictures = kind{what: "a picture", endings: map[string]string{
	"image/png":           ".png",
	"image/jpeg":          ".jpg",
	"image/gif":           ".gif",
	"image/webp":          ".webp",
	"image/avif":          ".avif",
	"image/heic":          ".heic",
	"image/heic-sequence": ".heic",
	"image/heif":          ".heif",
	"image/heif-sequence": ".heif",
	"image/jxl":           ".jxl",
	"image/svg+xml":       ".svg",
	"image/bmp":           ".bmp",
	"image/x-icon":        ".ico",
	"image/tiff":          ".tiff",
}}

// media are audio and video. A podcast of hours has less than the limit.
var media = kind{what: "audio or video", most: 2 << 30, endings: map[string]string{
	"audio/mpeg":      ".mp3",
	"audio/mp4":       ".m4a",
	"audio/x-m4a":     ".m4a",
	"audio/aac":       ".aac",
	"audio/ogg":       ".ogg",
	"audio/flac":      ".flac",
	"audio/wav":       ".wav",
	"video/mp4":       ".mp4",
	"video/x-m4v":     ".m4v",
	"video/webm":      ".webm",
	"video/ogg":       ".ogv",
	"video/quicktime": ".mov",
	"video/matroska":  ".mkv",
}}

var errEmpty = errors.New("nothing in it")

// accept refuses what does not begin like a file of the kind.
func (k *kind) accept(head []byte) error {
	_, err := k.extension(head)
	return err
}

// extension tells a file's ending by its first bytes; an error for what is not of the kind.
func (k *kind) extension(head []byte) (string, error) {
	if len(bytes.TrimSpace(head)) == 0 {
		return "", errEmpty
	}
	found := mimetype.Detect(head)
	for t := found; t != nil; t = t.Parent() { // an animated PNG is a PNG
		if ext := k.endings[t.String()]; ext != "" {
			return ext, nil
		}
	}
	if ext := k.endings["audio/mpeg"]; ext != "" && bytes.HasPrefix(head, []byte("ID3")) {
		return ext, nil // as https://mimesniff.spec.whatwg.org/#matching-an-audio-or-video-type-pattern has it
	}
	if found.Is("text/html") {
		return "", fmt.Errorf("a web page, not %s", k.what)
	}
	name, _, _ := strings.Cut(found.String(), ";")
	return "", fmt.Errorf("%s, not %s", name, k.what)
}

// ending reports whether a file name's extension is that of a picture, audio or video.
func ending(ext string) bool {
	if pictureExt(ext) {
		return true
	}
	ext = strings.ToLower(ext)
	for _, e := range media.endings {
		if e == ext {
			return true
		}
	}
	return false
}

// headSize is how much of a file tells its type.
const headSize = 3072

// inspect reads a file once, for its type and its hash, and refuses what no site should
// carry. Of an SVG it takes what draws.
func inspect(fsys fs.FS, name string, k *kind) (a Asset, ext string, err error) {
	f, err := fsys.Open(name)
	if err != nil {
		return Asset{}, "", err
	}
	defer f.Close()
	r := bufio.NewReaderSize(f, headSize)
	head, err := r.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return Asset{}, "", err
	}
	if ext, err = k.extension(head); err != nil {
		return Asset{}, "", err
	}
	if ext == ".svg" {
		a, err = inspectSVG(fsys, name)
		return a, ext, err
	}
	sum := sha256.New()
	var size counter
	body := io.TeeReader(r, io.MultiWriter(sum, &size))
	own := measure(body)
	if _, err = io.Copy(io.Discard, body); err != nil {
		return Asset{}, "", err
	}
	return Asset{Hash: hex.EncodeToString(sum.Sum(nil)), Size: int64(size), Own: own, FS: fsys, Name: name}, ext, nil
}

// inspectSVG reads an SVG, for what may be written of it.
func inspectSVG(fsys fs.FS, name string) (Asset, error) {
	text, err := readSVG(fsys, name)
	if err != nil {
		return Asset{}, err
	}
	clean, changed, err := cleanSVG(text)
	if err != nil {
		return Asset{}, err
	}
	if changed {
		fsys = cleanedSVG{fsys}
	}
	sum := sha256.Sum256(clean)
	return Asset{Hash: hex.EncodeToString(sum[:]), Size: int64(len(clean)), FS: fsys, Name: name}, nil
}

// counter counts the bytes written to it.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// Size is how large a picture is by itself, in pixels, as its bytes lie: a camera's may
// be shown turned. Zero where that is not known.
type Size struct{ Width, Height int }

// measure reads a picture's size from its first bytes; zero for a kind that it cannot
// read.
func measure(r io.Reader) Size {
	c, _, err := image.DecodeConfig(r)
	if err != nil {
		return Size{}
	}
	return Size{c.Width, c.Height}
}

// column is the width in pixels that a theme's column of text has at the least. What the
// source shows as wide as that, it shows as wide as it can.
const column = 640

var (
	pixels = regex.Lazy(`^(\d{1,5})(?:\.\d+)?(?:px)?$`)
	share  = regex.Lazy(`^(100|[1-9]\d?)(?:\.\d+)?%$`)
	sized  = regex.Lazy(`(?i)(?:^|;)\s*(width|height)\s*:\s*([^;!]*?)\s*(?:!important\s*)?(?:;|$)`)
)

// resize leaves a picture with the width and height that its source shows it in, where
// they make it other than it is by itself, and smaller than a column of text.
func resize(img *html.Node, own Size) {
	width, wide, height, high := shownIn(img)
	shared := strings.HasSuffix(width, "%")
	if width == "100%" && height == "" || wide >= column || high >= column || !shared && own.is(wide, high) {
		width, height = "", ""
	}
	say(img, "width", width)
	say(img, "height", height)
}

// presumed returns the size of a picture that was not had: a width and a height together
// were most often written by a platform, which knows the file. Zero where only one is
// given, or img is nil.
func presumed(img *html.Node) Size {
	if img == nil {
		return Size{}
	}
	_, wide, _, high := shownIn(img)
	if wide == 0 || high == 0 {
		return Size{}
	}
	return Size{wide, high}
}

// shownIn returns the width and height that the source shows a picture in, spelled and in
// pixels. What is given as a style goes before an attribute, as it does in browsers.
func shownIn(img *html.Node) (width string, wide int, height string, high int) {
	width, height = attr(img, "width"), attr(img, "height")
	for style := attr(img, "style"); style != ""; {
		m := sized().FindStringSubmatchIndex(style)
		if m == nil {
			break
		}
		if value := style[m[4]:m[5]]; strings.EqualFold(style[m[2]:m[3]], "width") {
			width = value
		} else {
			height = value
		}
		style = style[m[5]:]
	}
	width, wide = dimension(width)
	height, high = dimension(height)
	if strings.HasSuffix(height, "%") { // of a page that has no height
		height = ""
	}
	return width, wide, height, high
}

// unsize takes away what says in which size pictures are shown.
func unsize(pictures []*picture) {
	for _, p := range pictures {
		if p.node != nil && is(p.node, "img") {
			for _, key := range []string{"width", "height", "style"} {
				dom.DelAttr(p.node, key)
			}
		}
	}
}

// dimension returns a width or height as HTML writes it, and in pixels; empty for what says
// none, and no pixels for a share of the page.
func dimension(s string) (spelled string, px int) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", 0
	}
	if m := pixels().FindStringSubmatch(s); m != nil {
		if px, _ = strconv.Atoi(m[1]); px > 0 {
			return strconv.Itoa(px), px
		}
		return "", 0
	}
	if m := share().FindStringSubmatch(s); m != nil {
		return m[1] + "%", 0
	}
	return "", 0
}

// is reports whether a picture is shown in its own size, upright or turned; zero is
// for what is not given.
func (s Size) is(width, height int) bool {
	agrees := func(given, own int) bool { return given == 0 || own > 0 && given == own }
	return (width > 0 || height > 0) && s.Width > 0 &&
		(agrees(width, s.Width) && agrees(height, s.Height) || agrees(width, s.Height) && agrees(height, s.Width))
}

// say sets an attribute, or takes it away where there is nothing to say.
func say(n *html.Node, key, value string) {
	if value == "" {
		dom.DelAttr(n, key)
		return
	}
	dom.SetAttr(n, key, value)
}
