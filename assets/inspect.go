package assets

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/gabriel-vasile/mimetype"
)

// headSize is how much of a file tells its type.
const headSize = 3072

// extensions are the types of pictures that browsers show, with the ending that their
// files get.
var extensions = map[string]string{
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
}

var (
	errEmpty   = errors.New("nothing in it")
	errWebPage = errors.New("a web page, not a picture")
)

// accept refuses what does not begin like a picture.
func accept(head []byte) error {
	_, err := extension(head)
	return err
}

// extension tells a picture's ending by its first bytes; an error for anything else.
func extension(head []byte) (string, error) {
	if len(bytes.TrimSpace(head)) == 0 {
		return "", errEmpty
	}
	found := mimetype.Detect(head)
	for t := found; t != nil; t = t.Parent() { // an animated PNG is a PNG
		if ext := extensions[t.String()]; ext != "" {
			return ext, nil
		}
	}
	if found.Is("text/html") {
		return "", errWebPage
	}
	name, _, _ := strings.Cut(found.String(), ";")
	return "", fmt.Errorf("%s, not a picture", name)
}

// inspect reads a file once, for its type and its hash, and refuses what no site
// should carry.
func inspect(fsys fs.FS, name string) (a Asset, ext string, err error) {
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
	if ext, err = extension(head); err != nil {
		return Asset{}, "", err
	}
	sum := sha256.New()
	var size counter
	body := io.TeeReader(r, io.MultiWriter(sum, &size))
	if ext == ".svg" {
		err = harmless(body)
	}
	if err == nil {
		_, err = io.Copy(io.Discard, body)
	}
	if err != nil {
		return Asset{}, "", err
	}
	return Asset{Hash: hex.EncodeToString(sum.Sum(nil)), Size: int64(size), FS: fsys, Name: name}, ext, nil
}

// counter counts the bytes written to it.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
