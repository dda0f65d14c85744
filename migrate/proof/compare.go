package proof

import (
	"bytes"
)

// comparison holds a source against its page.
type comparison struct {
	a, b   *sight
	style  Style
	found  findings
	blocks map[[2]int32]bool // pairs of blocks that were compared
	links  map[int32]bool    // links of the source whose change is noted
	traced *tracing          // nil where nobody asks where things were lost
}

// compare says what a page lacks of its source. Nearly always nothing differs, and
// then nothing is allocated.
func compare(a, b *sight, style Style, traced *tracing) Report {
	if same(a, b, style) {
		return nil
	}
	c := &comparison{a: a, b: b, style: style, blocks: map[[2]int32]bool{}, links: map[int32]bool{}, traced: traced}
	c.compare()
	return c.found.report()
}

// same reports whether a page shows all that its source does, and nothing else.
func same(a, b *sight, style Style) bool {
	if len(a.things) != len(b.things) {
		return false
	}
	equal := bytes.Equal(a.text, b.text)  // so are nearly all: no word is compared with another
	block, onPage := int32(-1), int32(-1) // the blocks that were compared last
	for i := range a.things {
		s, p := &a.things[i], &b.things[i]
		if s.kind != p.kind || (!equal || s.span != p.span) && !sameText(a, b, s, p) || !style.sameLead(b, s, p) ||
			(s.is^p.is)&^(s.may|p.may)&shown != 0 || !sameLink(a, b, s, p) || !sameExtra(a, b, s, p) {
			return false
		}
		if s.block == block && p.block == onPage {
			continue
		}
		if block, onPage = s.block, p.block; !sameBlock(a.blocks[block], b.blocks[onPage]) {
			return false
		}
	}
	return true
}

// shown are the marks that a page must show as well.
const shown = strong | em | struck | code

func sameText(a, b *sight, s, p *thing) bool {
	x, y := a.of(s.span), b.of(p.span)
	return bytes.Equal(x, y) || s.is&script != 0 && raised.Replace(string(x)) == raised.Replace(string(y))
}

func sameLink(a, b *sight, s, p *thing) bool {
	if s.link == 0 || p.link == 0 {
		return s.link == p.link || s.link == 0 && b.isBare(p.link)
	}
	x, y := a.links[s.link-1], b.links[p.link-1]
	return bytes.Equal(a.of(x.to), b.of(y.to)) && bytes.Equal(a.of(x.title), b.of(y.title))
}

// sameExtra compares alt texts and languages.
func sameExtra(a, b *sight, s, p *thing) bool {
	if s.extra == 0 || p.extra == 0 {
		return s.extra == p.extra
	}
	x, y := a.of(a.extras[s.extra-1]), b.of(b.extras[p.extra-1])
	return bytes.Equal(x, y) || s.kind == codeBlock && sameLanguage(string(x), string(y))
}

func sameBlock(s, p block) bool {
	if s.cell {
		return sameCell(s, p)
	}
	if s.number == anyNumber || s.lists == 0 {
		s.number, p.number = 0, 0
	}
	if s.lists == 0 && p.lists == 0 {
		s.ordered, p.ordered, s.task, p.task = false, false, noTask, noTask
	}
	return s == p
}

// sameCell compares a cell with where the page shows it: in the same cell, which is one
// line, or in the item of a list that stands for its row, where a line cannot hold it.
func sameCell(s, p block) bool {
	if p.cell {
		return s.row == p.row && (s.col == anyNumber || s.col == p.col) && s.note == p.note
	}
	if s.lists == s.outside { // in no list of its own
		s.ordered, s.task, s.number = false, noTask, p.number
	}
	s.lists++
	s.cell, s.row, s.col, s.outside = false, 0, 0, 0
	return sameBlock(s, p)
}

// compare pairs what both sides show and notes where they differ.
func (c *comparison) compare() {
	n := numberer{ids: map[string]uint32{}}
	ids, theirs := n.number(c.a), n.number(c.b)
	pairs := align(ids, theirs)
	met := make([]bool, len(c.b.things))
	for i, j := range pairs {
		if j >= 0 {
			met[j] = true
			c.traced.at(one(i), one(int(j)))
			c.pair(&c.a.things[i], &c.b.things[j])
		}
	}
	c.unpaired(pairs, met, ids, theirs)
}

// numberer numbers things: those that show alike have the same number.
type numberer struct {
	ids map[string]uint32
	key []byte
}

func (n *numberer) number(s *sight) []uint32 {
	all := make([]uint32, len(s.things))
	for i := range s.things {
		all[i] = n.id(s, &s.things[i])
	}
	return all
}

func (n *numberer) id(s *sight, t *thing) uint32 {
	n.key = append(append(n.key[:0], byte(t.kind)), s.of(t.span)...)
	if t.kind == word && (t.is&script != 0 || t.to-t.from > 1 && raises(s.of(t.span))) {
		n.key = append(n.key[:1], raised.Replace(string(s.of(t.span)))...)
	}
	id, ok := n.ids[string(n.key)]
	if !ok {
		id = uint32(len(n.ids) + 1)
		n.ids[string(n.key)] = id
	}
	return id
}

// pair compares two things that show alike.
func (c *comparison) pair(s, p *thing) {
	c.found.stop()
	text := string(c.a.of(s.span))
	if !sameText(c.a, c.b, s, p) {
		c.find(Changed, Words, text+" became "+string(c.b.of(p.span)))
	}
	if !c.style.sameLead(c.b, s, p) {
		c.diffLead(s, p, text)
	}
	if differ := (s.is ^ p.is) &^ (s.may | p.may) & shown; differ != 0 {
		c.diffMarks(s, differ, text)
	}
	if !sameLink(c.a, c.b, s, p) {
		c.diffLink(s, p, text)
	}
	if !sameExtra(c.a, c.b, s, p) {
		c.diffExtra(s, p)
	}
	if key := [2]int32{s.block, p.block}; !c.blocks[key] {
		c.blocks[key] = true
		c.diffBlock(c.a.blocks[s.block], c.b.blocks[p.block], text)
	}
}

func (c *comparison) diffLead(s, p *thing, text string) {
	way := Lost
	if p.lead > s.lead {
		way = Added
	}
	if s.lead <= space && p.lead <= space {
		c.find(Changed, Words, "the space before "+text)
		return
	}
	c.find(way, LineBreaks, "before "+text)
}

func (c *comparison) diffMarks(s *thing, differ marks, text string) {
	way := Added
	if s.is&differ != 0 {
		way = Lost
	}
	if differ&code != 0 {
		c.find(way, Code, text)
		return
	}
	c.find(way, Emphasis, text)
}

// diffLink notes a link once, however many words it has.
func (c *comparison) diffLink(s, p *thing, text string) {
	was, is := destination{}, destination{}
	if s.link > 0 {
		was = c.a.links[s.link-1]
	}
	if p.link > 0 {
		is = c.b.links[p.link-1]
	}
	from, to := string(c.a.of(was.to)), string(c.b.of(is.to))
	switch {
	case s.link == 0:
		c.find(Added, Links, to)
		return
	case c.links[s.link]:
		return
	case p.link == 0:
		c.find(Lost, Links, from+" ("+text+")")
	case from == to:
		c.find(Changed, Links, from+": "+retitled(string(c.a.of(was.title)), string(c.b.of(is.title))))
	default:
		c.find(Changed, Links, from+" became "+to)
	}
	c.links[s.link] = true
}

func (c *comparison) diffExtra(s, p *thing) {
	was, is := "", ""
	if s.extra > 0 {
		was = string(c.a.of(c.a.extras[s.extra-1]))
	}
	if p.extra > 0 {
		is = string(c.b.of(c.b.extras[p.extra-1]))
	}
	kind, way := AltTexts, Changed
	if s.kind == codeBlock {
		kind = Languages
	}
	switch {
	case is == "":
		way = Lost
	case was == "":
		way = Added
		was = is
	default:
		was += " became " + is
	}
	c.find(way, kind, was)
}

// retitled says how the title of a link changed.
func retitled(was, is string) string {
	switch {
	case is == "":
		return "its title " + was + " is gone"
	case was == "":
		return "it has the title " + is
	}
	return "its title " + was + " became " + is
}

// diffBlock notes where a thing stands in another block than in the source.
func (c *comparison) diffBlock(s, p block, text string) {
	switch {
	case sameBlock(s, p):
	case s.heading != p.heading:
		c.find(changed(s.heading != 0, p.heading != 0), Headings, text)
	case s.cell || p.cell:
		c.find(changed(s.cell, p.cell), TableCells, text)
	case s.quotes != p.quotes:
		c.find(changed(s.quotes > 0, p.quotes > 0), Quotes, text)
	case s.note != p.note:
		c.find(changed(s.note > 0, p.note > 0), Footnotes, text)
	default:
		c.find(changed(s.lists > 0, p.lists > 0), ListItems, text)
	}
}

func changed(was, is bool) Way {
	switch {
	case was && is:
		return Changed
	case was:
		return Lost
	}
	return Added
}

// unpaired notes what has no counterpart: what the page shows elsewhere has moved, the
// rest is lost, and what the page shows beyond that was added.
func (c *comparison) unpaired(pairs []int32, met []bool, ids, theirs []uint32) {
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
	c.missing(pairs, ways)
	for j, id := range theirs {
		switch {
		case met[j]:
		case moved[id] > 0:
			moved[id]--
		default:
			c.traced.at(nowhere, one(j))
			c.single(Added, c.b, j, j > 0 && !met[j-1])
		}
	}
}

// missing notes what a source has and its page has not, block by block: a heading, an item,
// a cell or a footnote of which nothing is left is lost as such.
func (c *comparison) missing(pairs []int32, ways []Way) {
	behind := stretch{} // the last thing before that the page has
	for from := 0; from < len(pairs); {
		to, whole := from, true
		for ; to < len(pairs) && c.a.things[to].block == c.a.things[from].block; to++ {
			whole = whole && pairs[to] < 0 && ways[to] == Lost && c.a.things[to].kind == word
		}
		kind := c.a.blocks[c.a.things[from].block].kind()
		if whole && kind != Words {
			c.found.stop()
			c.traced.at(stretch{from, to}, behind)
			c.find(Lost, kind, c.a.phrase(from, to))
			from = to
			continue
		}
		for ; from < to; from++ {
			if j := int(pairs[from]); j >= 0 {
				behind = stretch{j + 1, j + 1}
				continue
			}
			c.traced.at(one(from), behind)
			c.single(ways[from], c.a, from, from > 0 && pairs[from-1] < 0)
		}
	}
}

// kind returns what a block is, if it is more than words.
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

// single notes a thing; on means that it follows the one noted last.
func (c *comparison) single(way Way, s *sight, i int, on bool) {
	t := &s.things[i]
	kind := kindOf(t)
	text := string(s.of(t.span))
	if !on {
		c.found.stop()
	}
	if on && kind == Words {
		c.goOn(way, kind, text)
		return
	}
	c.find(way, kind, text)
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
