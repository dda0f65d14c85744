package proof

// unmet notes what has no counterpart: what the page shows elsewhere has moved, the
// rest is lost, and what the page shows beyond that was added.
func (c *comparison) unmet(pairs []int32, met []bool, ids, theirs []uint32) {
	spare := map[uint32]int{}
	for j, id := range theirs {
		if !met[j] {
			spare[id]++
		}
	}
	moved := map[uint32]int{}
	for i := range c.a.things {
		if pairs[i] >= 0 {
			continue
		}
		way := Lost
		if id := ids[i]; spare[id] > 0 {
			spare[id]--
			moved[id]++
			way = Moved
		}
		c.one(way, c.a, i, i > 0 && pairs[i-1] < 0)
	}
	for j := range c.b.things {
		switch id := theirs[j]; {
		case met[j]:
		case moved[id] > 0:
			moved[id]--
		default:
			c.one(Added, c.b, j, j > 0 && !met[j-1])
		}
	}
}

// one notes a thing; on tells that it follows the one noted last.
func (c *comparison) one(way Way, s *sight, i int, on bool) {
	t := &s.things[i]
	kind := kindOf(t)
	text := string(s.of(t.span))
	if !on {
		c.found.stop()
	}
	if on && kind == Words {
		c.found.goOn(way, kind, text)
		return
	}
	c.found.find(way, kind, text)
}

func kindOf(t *thing) Kind {
	switch t.kind {
	case codeBlock:
		return Code
	case picture:
		return Pictures
	case embed:
		return Embeds
	case noteMark:
		return Footnotes
	case rule:
		return Rules
	}
	switch {
	case t.is&formula != 0:
		return Formulas
	case t.is&code != 0:
		return Code
	}
	return Words
}
