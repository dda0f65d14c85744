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

// inspect reads a file once, for its type and its hash, and refuses what no site
// should carry.
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
	sum := sha256.New()
	var size counter
	body := io.TeeReader(r, io.MultiWriter(sum, &size))
	var own Size
	if ext == ".svg" {
		err = harmless(body)
	} else {
		own = measure(body)
	}
	if err == nil {
		_, err = io.Copy(io.Discard, body)
	}
	if err != nil {
		return Asset{}, "", err
	}
	return Asset{Hash: hex.EncodeToString(sum.Sum(nil)), Size: int64(size), Own: own, FS: fsys, Name: name}, ext, nil
}

// counter counts the bytes written to it.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
