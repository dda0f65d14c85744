package markdown

import "testing"

func TestBreaks(t *testing.T) {
	t.Parallel()
	const (
		verse   = "<p>Roses,<br>- and <b>thorns</b><br># here</p>"
		wrapped = "<p>An editor that wraps its lines puts a break where the next word does<br>not fit any more, and a feed may make each of them one that a reader<br>sees, <b>though</b> nobody meant it.</p>"
		address = "<p>A line that is as long as those that editors like to wrap at all<br>but<br>that is followed by short ones was broken on purpose by someone</p>"
	)
	for _, c := range []struct {
		breaks       Breaks
		source, want string
	}{
		{"", verse, "Roses,\\\n\\- and **thorns**\\\n\\# here\n"},
		{KeepBreaks, wrapped, "An editor that wraps its lines puts a break where the next word does\\\nnot fit any more, and a feed may make each of them one that a reader\\\nsees, **though** nobody meant it.\n"},
		{SoftenBreaks, verse, "Roses,\n\\- and **thorns**\n\\# here\n"},
		{AutoBreaks, verse, "Roses,\\\n\\- and **thorns**\\\n\\# here\n"},
		{AutoBreaks, wrapped, "An editor that wraps its lines puts a break where the next word does\nnot fit any more, and a feed may make each of them one that a reader\nsees, **though** nobody meant it.\n"},
		{AutoBreaks, address, "A line that is as long as those that editors like to wrap at all\\\nbut\\\nthat is followed by short ones was broken on purpose by someone\n"},
	} {
		style := plainStyle
		style.Breaks = c.breaks
		page, err := New(style).Convert(parse(t, c.source))
		if err != nil || string(page) != c.want {
			t.Errorf("%s: got %q, %v, want %q", c.breaks, page, err, c.want)
		}
	}
}

func TestShiftedHeadings(t *testing.T) {
	t.Parallel()
	for shift, want := range map[int]string{
		0:  "# a\n\n## b\n\n###### c\n",
		1:  "## a\n\n### b\n\n###### c\n",
		-1: "# a\n\n# b\n\n##### c\n",
		9:  "###### a\n\n###### b\n\n###### c\n",
	} {
		style := plainStyle
		style.Shift = shift
		page, err := New(style).Convert(parse(t, "<h1>a</h1><h2>b</h2><h6>c</h6>"))
		if err != nil || string(page) != want {
			t.Errorf("by %d: got %q, %v, want %q", shift, page, err, want)
		}
	}
}
