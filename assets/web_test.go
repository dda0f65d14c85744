package assets

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io/fs"
	"net/url"
	"strings"
	"sync"
	"testing/fstest"
	"time"
)

// fakeWeb answers each address with a picture of its own, except:
//
//	gone.example     answers 404
//	page.example     answers with a web page
//	empty.example    answers with nothing
//	?as=svg          is of that type (see samples)
//	?same=x          has the content of every other address with x
type fakeWeb struct {
	delay func(*url.URL) time.Duration // may be nil

	mu    sync.Mutex
	files lockedFS
	asked map[string]int

	now, most int // in flight
}

func newWeb() *fakeWeb {
	return &fakeWeb{files: lockedFS{new(sync.Mutex), fstest.MapFS{}}, asked: map[string]int{}}
}

var errGone = errors.New("404 Not Found")

func (w *fakeWeb) Fetch(ctx context.Context, addr *url.URL, _ int64, accept func([]byte) error) (string, int64, error) {
	w.enter(addr)
	defer w.leave()
	if w.delay != nil {
		select {
		case <-time.After(w.delay(addr)):
		case <-ctx.Done():
		}
	}
	if err := ctx.Err(); err != nil {
		return "", 0, err
	}
	body := w.body(addr)
	if body == nil {
		return "", 0, errGone
	}
	if err := accept(body[:min(len(body), headSize)]); err != nil {
		return "", 0, err
	}
	sum := sha256.Sum256(body)
	name := hex.EncodeToString(sum[:])
	w.files.put(name, body)
	return name, int64(len(body)), nil
}

func (w *fakeWeb) body(addr *url.URL) []byte {
	q := addr.Query()
	switch addr.Hostname() {
	case "gone.example":
		return nil
	case "page.example":
		return []byte("<!DOCTYPE html><title>Not here</title>")
	case "empty.example":
		return []byte{}
	}
	sample := samples[cmp.Or(q.Get("as"), "png")]
	if size := q.Get("size"); size != "" {
		return whole(cmp.Or(q.Get("as"), "png"), size)
	}
	if q.Has("bad") {
		sample = strings.Replace(sample, "/>", "><script>1</script></svg>", 1)
		return []byte(sample)
	}
	return []byte(sample + "\n<!-- " + cmp.Or(q.Get("same"), addr.String()) + " -->")
}

func (w *fakeWeb) enter(addr *url.URL) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked[addr.String()]++
	w.now++
	w.most = max(w.most, w.now)
}

func (w *fakeWeb) leave() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now--
}

// whole gives a picture of a size such as 300x200.
func whole(kind, size string) []byte {
	var w, h int
	if _, err := fmt.Sscanf(size, "%dx%d", &w, &h); err != nil {
		panic(err)
	}
	img := image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.Black})
	var b bytes.Buffer
	var err error
	switch kind {
	case "jpg":
		err = jpeg.Encode(&b, img, nil)
	case "gif":
		err = gif.Encode(&b, img, nil)
	case "webp":
		b.WriteString("RIFF\x1e\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00")
		b.Write([]byte{byte(w - 1), byte((w - 1) >> 8), 0, byte(h - 1), byte((h - 1) >> 8), 0})
	default:
		err = png.Encode(&b, img)
	}
	if err != nil {
		panic(err)
	}
	return b.Bytes()
}

// samples begin like files of their types.
var samples = map[string]string{
	"png":  "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x02\x00\x00\x00\x02\x08\x06\x00\x00\x00",
	"apng": "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x02\x00\x00\x00\x02\x08\x06\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x08acTL",
	"jpg":  "\xff\xd8\xff\xe0\x00\x10JFIF\x00",
	"gif":  "GIF89a\x02\x00\x02\x00\x80\x00\x00",
	"webp": "RIFF\x24\x00\x00\x00WEBPVP8 ",
	"avif": "\x00\x00\x00\x20ftypavif\x00\x00\x00\x00avifmif1miafMA1B",
	"heic": "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
	"jxl":  "\xff\x0a\x00\x00",
	"svg":  `<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"/>`,
	"bmp":  "BM\x46\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28\x00\x00\x00",
	"ico":  "\x00\x00\x01\x00\x01\x00\x10\x10\x00\x00\x01\x00\x20\x00",
	"tiff": "II*\x00\x08\x00\x00\x00",
	"pdf":  "%PDF-1.7\n",
	"mp4":  "\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom",
	"mp3":  "ID3\x03\x00\x00\x00\x00\x00\x00",
	"text": "just words",
}

// unwrapCDN knows addresses such as https://cdn.example/w_100/https%3A%2F%2Fhost%2Fa.png.
func unwrapCDN(u *url.URL) []*url.URL {
	if u.Host != "cdn.example" {
		return nil
	}
	_, wrapped, _ := strings.Cut(strings.TrimPrefix(u.EscapedPath(), "/"), "/")
	inner, err := url.PathUnescape(wrapped)
	if err != nil {
		return nil
	}
	original, err := url.Parse(inner)
	if err != nil {
		return nil
	}
	return []*url.URL{original}
}

// lockedFS is a map of files that may be read while it grows.
type lockedFS struct {
	mu  *sync.Mutex
	all fstest.MapFS
}

func (l lockedFS) put(name string, body []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all[name] = &fstest.MapFile{Data: body}
}

func (l lockedFS) Open(name string) (fs.File, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.Open(name)
}
