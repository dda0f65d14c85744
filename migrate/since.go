package migrate

// Ever is the Since that takes an earlier one back.
const Ever = "all"

// asKept returns settings as they are kept: nothing stands for what was taken back.
func asKept(s Settings) Settings {
	if s.Since == Ever {
		s.Since = ""
	}
	return s
}
