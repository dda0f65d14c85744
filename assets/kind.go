package assets

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/gabriel-vasile/mimetype"
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

// ending tells whether a file name's extension is that of a picture, audio or video.
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
