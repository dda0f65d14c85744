package dom

import "testing"

func TestPlainFormula(t *testing.T) {
	t.Parallel()
	for tex, want := range map[string]string{
		"x_1":                     "x_1",
		"a % which\n  + b\n\n= c": "a + b = c",
		`50\% <i>`:                `50\% \lt i\gt`,
		`|x| \| y \\| z`:          `\vert x\vert  \Vert  y \\\vert  z`,
		`x\ `:                     `x`,
		`a &lt b \& c`:            `a & lt b \& c`,
	} {
		if got := Plain(tex); got != want {
			t.Errorf("%q became %q, want %q", tex, got, want)
		}
	}
}
