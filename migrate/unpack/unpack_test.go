package unpack

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"
)

// packed returns size bytes of gzip, of which one in noise is random and the others zero.
func packed(t *testing.T, size, noise int) []byte {
	t.Helper()
	var b bytes.Buffer
	z, chance := gzip.NewWriter(&b), rand.NewChaCha8([32]byte{})
	chunk := make([]byte, 64<<10)
	for left := size; left > 0; left -= len(chunk) {
		chunk = chunk[:min(left, len(chunk))]
		clear(chunk)
		_, _ = chance.Read(chunk[:len(chunk)/noise])
		if _, err := z.Write(chunk); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRatio(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name        string
		size, noise int
		fits        bool
	}{
		{"all zero, small", spare, 1 << 30, true},
		{"all zero, large", 2 * spare, 1 << 30, false},
		{"20 times its size", 3 * spare, 20, true},
		{"200 times its size", 3 * spare, 200, false},
	} {
		b := packed(t, tt.size, tt.noise)
		u, err := NewReader(iotest.HalfReader(bytes.NewReader(b)))
		if err != nil {
			t.Fatal(err)
		}
		n, err := io.Copy(io.Discard, u)
		if tt.fits && (err != nil || n != int64(tt.size)) || !tt.fits && !errors.Is(err, ErrRatio) {
			t.Errorf("%s: %d of %d bytes from %d, %v", tt.name, n, tt.size, len(b), err)
		}
		if most := int64(spare + ratio*len(b)); n > most {
			t.Errorf("%s: gave %d bytes, more than %d", tt.name, n, most)
		}
		if _, err := u.Read(make([]byte, 1)); err == nil || !tt.fits && !errors.Is(err, ErrRatio) {
			t.Errorf("%s: the next read: %v", tt.name, err)
		}
	}
}

func TestStreamsInARowAreOne(t *testing.T) {
	t.Parallel()
	bomb := bytes.Repeat(packed(t, 1<<20, 1<<30), 30)
	u, err := NewReader(bytes.NewReader(bomb))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, u); !errors.Is(err, ErrRatio) {
		t.Errorf("30 streams: %v", err)
	}
}

func TestWhatIsNoGzip(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]error{"": io.EOF, "\x1f\x8b": io.ErrUnexpectedEOF, strings.Repeat("x", 20): gzip.ErrHeader} {
		if _, err := NewReader(strings.NewReader(text)); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", text, err, want)
		}
	}
}
