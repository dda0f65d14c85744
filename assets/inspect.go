package assets

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
)

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
