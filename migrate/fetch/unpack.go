package fetch

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"replant/migrate/unpack"
)

// unpackBody makes the body of a packed answer read as what it unpacks to. net/http
// would do the same if the request did not say Accept-Encoding by itself, but without a
// limit on the ratio.
func unpackBody(resp *http.Response) {
	if !strings.EqualFold(resp.Header.Get("Content-Encoding"), "gzip") {
		return
	}
	resp.Body = &packedBody{ReadCloser: resp.Body}
	resp.Header.Del("Content-Encoding")
	resp.Header.Del("Content-Length")
	resp.ContentLength, resp.Uncompressed = -1, true
}

// packedBody is the body of an answer, unpacked. It waits for the first byte when it is
// first read, since an answer counts as come with its header.
type packedBody struct {
	io.ReadCloser
	unpacked *unpack.Reader
	broken   error // why there is nothing to unpack
}

func (b *packedBody) Read(p []byte) (int, error) {
	if b.unpacked == nil {
		b.unpacked, b.broken = unpack.NewReader(b.ReadCloser)
	}
	if b.broken != nil {
		return 0, b.broken
	}
	n, err := b.unpacked.Read(p)
	if errors.Is(err, unpack.ErrRatio) {
		err = lasting{fmt.Errorf("%w: %w", ErrTooLarge, err)}
	}
	return n, err
}
