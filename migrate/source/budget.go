package source

import (
	"fmt"
	"strings"
)

// What the body of one post may have. The longest post seen in a feed has 1 MB and
// 20,000 elements; what is longer would take a small server's memory for one post.
const (
	bodyMost     = 8 << 20 // bytes, pictures in data: addresses not counted
	elementsMost = 250_000
)

// affordable returns an error for a body that takes too much time and memory to convert.
func affordable(body string) error {
	if n := len(body); n > bodyMost {
		if n -= dataBytes(body); n > bodyMost {
			return fmt.Errorf("its text has %.1f MB, and replant converts up to %d", float64(n)/(1<<20), bodyMost>>20)
		}
	}
	if len(body) > smallBody && elements(body) > elementsMost {
		return fmt.Errorf("its text has more than %d elements of HTML", elementsMost)
	}
	return nil
}

// smallBody is up to how many bytes no body can have too many elements.
const smallBody = 2 << 10

// dataBytes counts the bytes of a body's data: addresses.
func dataBytes(body string) (n int) {
	for {
		_, rest, ok := strings.Cut(body, "data:")
		if !ok {
			return n
		}
		end := strings.IndexAny(rest, "\"' >")
		if end < 0 {
			end = len(rest)
		}
		n += end
		body = rest[end:]
	}
}
