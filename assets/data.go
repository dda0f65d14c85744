package assets

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io/fs"
	"net/url"
	"strings"
	"time"
)

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

// decodeData gives the bytes of a data: address, as RFC 2397 has it.
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
