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
	ways := make([]Way, len(pairs))
	for i, id := range ids {
		if pairs[i] < 0 && spare[id] > 0 {
			spare[id]--
			moved[id]++
			ways[i] = Moved
		}
	}
	c.gone(pairs, ways)
	for j, id := range theirs {
		switch {
		case met[j]:
		case moved[id] > 0:
			moved[id]--
		default:
			c.one(Added, c.b, j, j > 0 && !met[j-1])
		}
	}
}

// gone notes what a source has and its page has not, block by block: a heading, an item,
// a cell or a footnote of which nothing is left is lost as such.
func (c *comparison) gone(pairs []int32, ways []Way) {
	for from := 0; from < len(pairs); {
		to, whole := from, true
		for ; to < len(pairs) && c.a.things[to].block == c.a.things[from].block; to++ {
			whole = whole && pairs[to] < 0 && ways[to] == Lost && c.a.things[to].kind == word
		}
		kind := c.a.blocks[c.a.things[from].block].kind()
		if whole && kind != Words {
			c.found.stop()
			c.found.find(Lost, kind, c.a.phrase(from, to))
			from = to
			continue
		}
		for ; from < to; from++ {
			if pairs[from] < 0 {
				c.one(ways[from], c.a, from, from > 0 && pairs[from-1] < 0)
			}
		}
	}
}

// kind gives what a block is, if it is more than words.
func (b block) kind() Kind {
	switch {
	case b.heading > 0:
		return Headings
	case b.cell:
		return TableCells
	case b.lists > 0:
		return ListItems
	case b.note > 0:
		return Footnotes
	}
	return Words
}

// phrase gives things as one text.
func (s *sight) phrase(from, to int) string {
	var b []byte
	for _, t := range s.things[from:to] {
		if t.lead != glued && len(b) > 0 {
			b = append(b, ' ')
		}
		b = append(b, s.of(t.span)...)
	}
	return string(b)
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
