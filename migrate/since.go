package migrate

// Ever is the Since that takes an earlier one back.
const Ever = "all"

// plain gives settings as they are kept: nothing stands for what was taken back.
func (s Settings) plain() Settings {
	if s.Since == Ever {
		s.Since = ""
	}
	return s
}

// reachesBefore tells whether posts are wanted that a feed read since some day may have
// left alone.
func (s Settings) reachesBefore(since string) bool { return s.Since < since }
