package plan

import (
	"bytes"
	"io"
	"path"
	"slices"
	"unicode/utf8"
)

// textMost is the largest file that is compared line by line.
const textMost = 4 << 20

// texts are the endings of files that a person reads; all others are binary, whatever
// their bytes.
var texts = []string{".md", ".json", ".yaml", ".yml", ".toml", ".html"}

// lines reads both sides of a change where both are text. An absent side is empty.
func lines(c Change) (before, after []byte, ok bool, err error) {
	if max(c.Before.Size(), c.After.Size()) > textMost || !slices.Contains(texts, path.Ext(c.Path)) {
		return nil, nil, false, nil
	}
	if before, err = c.Before.bytes(); err != nil {
		return nil, nil, false, err
	}
	if after, err = c.After.bytes(); err != nil {
		return nil, nil, false, err
	}
	return before, after, isText(before) && isText(after), nil
}

func (c Content) bytes() ([]byte, error) {
	if !c.Exists() {
		return nil, nil
	}
	f, err := c.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

func isText(b []byte) bool { return utf8.Valid(b) && bytes.IndexByte(b, 0) < 0 }
