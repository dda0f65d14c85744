package main

import (
	"errors"
	"io"
	"os"
)

// spooled keeps standard input in a temporary file, since an export has to be read
// twice. Closing the file removes it.
func spooled(in io.Reader) (io.ReadCloser, error) {
	f, err := os.CreateTemp("", "replant-stdin-")
	if err != nil {
		return nil, err
	}
	s := &spool{f}
	if _, err := io.Copy(f, in); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// spool is a file that goes when it is closed.
type spool struct{ *os.File }

func (s *spool) Close() error { return errors.Join(s.File.Close(), os.Remove(s.Name())) }
