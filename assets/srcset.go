package assets

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// candidate is one entry of a srcset.
type candidate struct {
	addr string
	size float64 // in pixels of width or as a density, whichever the set uses; 1 when it says none
}

// largest gives the largest entry in the sets of an img and of the sources around it,
// the img's own when they are even. It has no address when there is none; what stands
// in the text itself holds the place until a script has run.
func largest(img *html.Node, sources []*html.Node) (best candidate) {
	for _, n := range append([]*html.Node{img}, sources...) {
		for _, key := range lazySets {
			for _, c := range parseSet(attr(n, key)) {
				if c.size > best.size && scheme(c.addr) != "data" {
					best = c
				}
			}
		}
	}
	return best
}

// parseSet reads a srcset as https://html.spec.whatwg.org/#parsing-a-srcset-attribute
// says: commas part the entries, but may stand inside an address.
func parseSet(set string) (entries []candidate) {
	for {
		set = strings.TrimLeft(set, " \t\r\n\f,")
		if set == "" {
			return entries
		}
		addr, rest := set, ""
		if i := strings.IndexAny(set, " \t\r\n\f"); i >= 0 {
			addr, rest = set[:i], set[i:]
		}
		descriptor := ""
		if !strings.HasSuffix(addr, ",") {
			descriptor, rest, _ = strings.Cut(rest, ",")
		}
		entries = append(entries, candidate{strings.TrimRight(addr, ","), size(descriptor)})
		set = rest
	}
}

// size reads "640w" or "2x"; anything else is 1.
func size(descriptor string) float64 {
	for _, d := range strings.Fields(descriptor) {
		number := strings.TrimRight(d, "wx")
		if v, err := strconv.ParseFloat(number, 64); err == nil && len(number) == len(d)-1 && v > 0 {
			return v
		}
	}
	return 1
}
