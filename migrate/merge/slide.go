package merge

// group is a run of changed lines, perhaps of none: there is one before each unchanged
// line and one at the end, so that the groups of two sides go in pairs.
type group struct {
	*side
	span
}

func (s *side) first() *group {
	g := &group{s, span{}}
	g.stretch()
	return g
}

// stretch takes in changed lines behind the group.
func (g *group) stretch() {
	for g.changed[g.to] {
		g.to++
	}
}

// next goes to the next group; false at the last.
func (g *group) next() bool {
	if g.to == len(g.ids) {
		return false
	}
	g.from, g.to = g.to+1, g.to+1
	g.stretch()
	return true
}

// back goes to the group before.
func (g *group) back() {
	g.from, g.to = g.from-1, g.from-1
	g.reach()
}

// reach takes in changed lines before the group.
func (g *group) reach() {
	for g.from > 0 && g.changed[g.from-1] {
		g.from--
	}
}

// down moves the group a line down where the line behind it equals its first.
func (g *group) down() bool {
	if g.to == len(g.ids) || g.ids[g.from] != g.ids[g.to] {
		return false
	}
	g.changed[g.from], g.changed[g.to] = false, true
	g.from, g.to = g.from+1, g.to+1
	g.stretch()
	return true
}

// up moves it a line up where the line before it equals its last.
func (g *group) up() bool {
	if g.from == 0 || g.ids[g.from-1] != g.ids[g.to-1] {
		return false
	}
	g.changed[g.from-1], g.changed[g.to-1] = true, false
	g.from, g.to = g.from-1, g.to-1
	g.reach()
	return true
}

// settle moves the groups of a side where several places say the same: into one with
// others that they meet, beside a change of the other side if there is one, else as
// far down as they go.
func settle(s, other *side) {
	g, o := s.first(), other.first()
	for {
		if g.to > g.from {
			place(g, o)
		}
		if !g.next() {
			return
		}
		o.next()
	}
}

func place(g, o *group) {
	aligned := false
	for {
		size := g.to - g.from
		for g.up() {
			o.back()
		}
		aligned = o.to > o.from
		for g.down() {
			o.next()
			aligned = aligned || o.to > o.from
		}
		if g.to-g.from == size {
			break
		}
	}
	for aligned && o.to == o.from {
		g.up()
		o.back()
	}
}
