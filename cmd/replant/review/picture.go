package review

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"
	"path"
	"strings"
)

var errNoPicture = errors.New("not a picture")

// opened is a picture that is being read.
type opened struct {
	io.Reader
	io.Closer
}

// open opens a picture of the site as the run leaves it, and says of what kind it is, by its
// bytes. Nothing else is opened.
func (b *Book) open(name string) (io.ReadCloser, string, error) {
	b.settling.RLock()
	c, err := b.Review.File(name)
	b.settling.RUnlock()
	if err != nil {
		return nil, "", err
	}
	f, err := c.Open()
	if err != nil {
		return nil, "", err
	}
	in := bufio.NewReaderSize(f, sniffed)
	start, err := in.Peek(sniffed)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, "", errors.Join(err, f.Close())
	}
	kind := kindOf(name, start)
	if kind == "" {
		return nil, "", errors.Join(errNoPicture, f.Close())
	}
	return opened{in, f}, kind, nil
}

// sniffed is how much of a picture is read to know its kind.
const sniffed = 4 << 10

// kindOf returns the media type of a picture; empty where it is none.
func kindOf(name string, start []byte) string {
	if kind := http.DetectContentType(start); strings.HasPrefix(kind, "image/") {
		return kind
	}
	switch {
	case len(start) > 12 && string(start[4:8]) == "ftyp" && (string(start[8:12]) == "avif" || string(start[8:12]) == "avis"):
		return "image/avif"
	case strings.EqualFold(path.Ext(name), ".svg") && bytes.Contains(start, []byte("<svg")):
		return "image/svg+xml"
	}
	return ""
}
