package source

import (
	"fmt"
	"io"

	"replant/migrate/feedscan"
)

// openExport reads an export that is one file and no feed. It is nil for any other file.
func openExport(r io.Reader) (feedscan.Cutter, error) {
	file, ok := r.(seekable)
	if !ok {
		return nil, nil
	}
	at, err := file.Seek(0, io.SeekCurrent)
	if err != nil {
		return nil, nil //nolint:nilerr // it may be a feed, which needs no seeking
	}
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errOnce, err)
	}
	if _, err := file.Seek(at, io.SeekStart); err != nil {
		return nil, fmt.Errorf("%w: %w", errOnce, err)
	}
	for _, open := range exports {
		if c, err := open(unowned{file}, size); c != nil || err != nil {
			return c, err
		}
	}
	return nil, nil
}

// exports read the exports that are files. Each returns nil for a file that is not its own.
var exports = []func(random, int64) (feedscan.Cutter, error){openGhost, openMovableType}

// unowned is a file that is not closed here.
type unowned struct{ io.ReaderAt }

func (unowned) Close() error { return nil }
