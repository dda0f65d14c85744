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

// elements estimates how many elements the HTML parser makes of a body. They may be far
// more than its tags: emphasis that is never closed begins anew in each paragraph (HTML,
// 13.2.4.3, "reconstruct the active formatting elements").
func elements(body string) (n int) {
	f := formatting{open: map[string][]string{}, same: map[string]int{}}
	for n <= elementsMost {
		_, rest, ok := strings.Cut(body, "<")
		if !ok {
			break
		}
		body = rest
		name, closes := tagName(rest)
		switch {
		case name == "":
		case closes:
			f.end(name)
		case formats[name]:
			tag, _, _ := strings.Cut(rest, ">")
			f.start(name, tag)
			n++
		default:
			n += 1 + f.active
		}
	}
	return n
}

// tagName reads the name at the beginning of a tag, behind its '<'; empty for no tag.
func tagName(s string) (name string, closes bool) {
	s, closes = strings.CutPrefix(s, "/")
	end := 0
	for end < len(s) && end < 16 && (alphabetic(s[end]) || end > 0 && s[end] >= '0' && s[end] <= '9') {
		end++
	}
	return strings.ToLower(s[:end]), closes
}

func alphabetic(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// formats are the elements that the parser begins anew.
var formats = map[string]bool{"a": true, "b": true, "big": true, "code": true, "em": true, "font": true, "i": true,
	"nobr": true, "s": true, "small": true, "strike": true, "strong": true, "tt": true, "u": true}

// formatting is the emphasis that is open.
type formatting struct {
	open   map[string][]string // tags by name, the innermost last
	same   map[string]int      // how often each tag is open
	active int                 // tags that the parser begins anew: three at most that are alike
}

func (f *formatting) start(name, tag string) {
	if name == "a" || name == "nobr" { // which end where the next one begins
		f.end(name)
	}
	f.open[name] = append(f.open[name], tag)
	if f.same[tag]++; f.same[tag] <= 3 {
		f.active++
	}
}

func (f *formatting) end(name string) {
	all := f.open[name]
	if len(all) == 0 {
		return
	}
	tag := all[len(all)-1]
	f.open[name] = all[:len(all)-1]
	if f.same[tag]--; f.same[tag] < 3 {
		f.active--
	}
}
