package proof

import "strings"

// address gives an address whatever in it is percent-encoded.
func address(s string) string {
	s = strings.Trim(s, " \t\n\f\r")
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && unhex(s[i+1]) >= 0 && unhex(s[i+2]) >= 0 {
			b.WriteByte(byte(unhex(s[i+1])<<4 | unhex(s[i+2])))
			i += 2
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func unhex(c byte) int { return strings.IndexByte("0123456789abcdef", c|0x20) }

// fold makes a block that is nothing but a link to what the source embeds that embed:
// a page shows it as a link where the generator has no shortcode for it.
func (s *sight) fold(embeds map[string]string) {
	if len(embeds) == 0 {
		return
	}
	kept := s.things[:0]
	for i := 0; i < len(s.things); {
		end := i + 1
		for end < len(s.things) && s.things[end].block == s.things[i].block {
			end++
		}
		all := s.things[i:end]
		i = end
		if key, ok := embeds[s.soleLink(all)]; ok {
			t := all[0]
			t.kind, t.span, t.link, t.is, t.may = embed, s.keep(key), 0, 0, 0
			kept = append(kept, t)
			continue
		}
		kept = append(kept, all...)
	}
	s.things = kept
}

func (s *sight) keep(text string) span {
	from := int32(len(s.text))
	s.text = append(s.text, text...)
	return span{from, int32(len(s.text))}
}

// soleLink gives where the words of a block lead when all are of one link.
func (s *sight) soleLink(all []thing) string {
	for _, t := range all {
		if t.kind != word || t.link == 0 || t.link != all[0].link {
			return ""
		}
	}
	return string(s.of(s.links[all[0].link-1]))
}
