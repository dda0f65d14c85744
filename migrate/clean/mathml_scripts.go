package clean

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"replant/migrate/dom"
)

// script writes an element with others above, below or beside it.
func (m *mathml) script(n *html.Node) (string, bool) {
	all := parts(n)
	switch n.Data {
	case "msub":
		return base(m.at(all, 0)) + lowered(m.at(all, 1)), true
	case "msup":
		return base(m.at(all, 0)) + raised(m.at(all, 1)), true
	case "msubsup":
		return base(m.at(all, 0)) + lowered(m.at(all, 1)) + raised(m.at(all, 2)), true
	case "munder":
		return m.stacked(all, 1, 0), true
	case "mover":
		return m.stacked(all, 0, 1), true
	case "munderover":
		return m.stacked(all, 1, 2), true
	case "mmultiscripts":
		return m.multiscripts(n), true
	}
	return "", false
}

// base returns what scripts may stand behind.
func base(tex string) string {
	if single(tex) {
		return tex
	}
	return "{" + tex + "}"
}

// single reports whether TeX is one symbol, or one command.
func single(tex string) bool {
	if utf8.RuneCountInString(tex) == 1 || largeOperators[tex] {
		return true
	}
	if len(tex) < 2 || tex[0] != '\\' {
		return strings.Trim(tex, "0123456789") == "" && tex != ""
	}
	name := strings.TrimLeft(tex[1:], letters)
	if name == "" || len(tex) == 2 {
		return true
	}
	in, ok := strings.CutPrefix(name, "{")
	in, closed := strings.CutSuffix(in, "}")
	return ok && closed && !strings.ContainsAny(in, "{}")
}

func lowered(tex string) string {
	if tex == "" {
		return ""
	}
	return "_" + argument(tex)
}

// raised writes a superscript; primes have a sign of their own.
func raised(tex string) string {
	if tex == "" {
		return ""
	}
	if primes := strings.ReplaceAll(strings.ReplaceAll(tex, `\prime`, "'"), " ", ""); strings.Trim(primes, "'") == "" {
		return primes
	}
	return "^" + argument(tex)
}

func argument(tex string) string {
	if len(tex) == 1 && tex != "'" {
		return tex
	}
	return "{" + tex + "}"
}

// stacked writes a base with something below and above it, by their places among its
// parts; 0 for none.
func (m *mathml) stacked(all []*html.Node, under, over int) string {
	tex := m.at(all, 0)
	above, below := "", ""
	if over > 0 {
		above = m.at(all, over)
	}
	if under > 0 {
		below = m.at(all, under)
	}
	if limits(tex) {
		return tex + lowered(below) + raised(above)
	}
	if arrow := extensible[tex]; arrow != "" {
		if below != "" {
			arrow += "[" + index(below) + "]"
		}
		return arrow + "{" + above + "}"
	}
	if below != "" {
		tex = marked(tex, below, underAccents, `\underset`)
	}
	if above != "" {
		tex = marked(tex, above, overAccents, `\overset`)
	}
	return tex
}

// limits reports whether what stands above and below a base is its limits.
func limits(tex string) bool {
	return largeOperators[tex] || strings.HasPrefix(tex, `\underbrace{`) || strings.HasPrefix(tex, `\overbrace{`) || strings.HasPrefix(tex, `\operatorname`)
}

// extensible are the arrows that grow with what stands above them.
var extensible = map[string]string{
	`\to`: `\xrightarrow`, `\rightarrow`: `\xrightarrow`, `\leftarrow`: `\xleftarrow`, `\Rightarrow`: `\xRightarrow`, `\Leftarrow`: `\xLeftarrow`,
	`\leftrightarrow`: `\xleftrightarrow`, `\rightleftharpoons`: `\xrightleftharpoons`, `\mapsto`: `\xmapsto`,
}

// accent is a command for one symbol, and one for more.
type accent struct{ narrow, wide string }

var overAccents = map[string]accent{
	"^": {`\hat`, `\widehat`}, "ˆ": {`\hat`, `\widehat`}, `\hat{}`: {`\hat`, `\widehat`}, "~": {`\tilde`, `\widetilde`}, "˜": {`\tilde`, `\widetilde`}, `\sim`: {`\tilde`, `\widetilde`},
	"¯": {`\bar`, `\overline`}, "‾": {`\bar`, `\overline`}, "-": {`\bar`, `\overline`}, "―": {`\bar`, `\overline`}, `\_`: {`\bar`, `\overline`},
	`\to`: {`\vec`, `\overrightarrow`}, `\rightarrow`: {`\vec`, `\overrightarrow`}, "⃗": {`\vec`, `\overrightarrow`}, `\leftarrow`: {`\overleftarrow`, `\overleftarrow`},
	"˙": {`\dot`, `\dot`}, ".": {`\dot`, `\dot`}, `\cdot`: {`\dot`, `\dot`}, "¨": {`\ddot`, `\ddot`}, "..": {`\ddot`, `\ddot`}, "ˇ": {`\check`, `\check`}, "˘": {`\breve`, `\breve`},
	"´": {`\acute`, `\acute`}, "`": {`\grave`, `\grave`}, "˚": {`\mathring`, `\mathring`}, "⏞": {`\overbrace`, `\overbrace`}, "︷": {`\overbrace`, `\overbrace`}, "⎴": {`\overbracket`, `\overbracket`},
}

var underAccents = map[string]accent{
	"_": {`\underline`, `\underline`}, `\_`: {`\underline`, `\underline`}, "¯": {`\underline`, `\underline`}, "‾": {`\underline`, `\underline`}, "̲": {`\underline`, `\underline`},
	"⏟": {`\underbrace`, `\underbrace`}, "︸": {`\underbrace`, `\underbrace`}, `\rightarrow`: {`\underrightarrow`, `\underrightarrow`}, `\leftarrow`: {`\underleftarrow`, `\underleftarrow`},
}

// marked writes an accent, or what stands above or below otherwise.
func marked(tex, mark string, accents map[string]accent, otherwise string) string {
	a, ok := accents[strings.TrimSpace(mark)]
	switch {
	case !ok:
		return otherwise + "{" + mark + "}{" + tex + "}"
	case utf8.RuneCountInString(tex) == 1 || single(tex) && strings.HasPrefix(tex, `\`):
		return a.narrow + "{" + tex + "}"
	}
	return a.wide + "{" + tex + "}"
}

// multiscripts writes a base with pairs of scripts behind it and, from mprescripts on,
// before it.
func (m *mathml) multiscripts(n *html.Node) string {
	var before, behind strings.Builder
	var pair []string
	based, pre := false, false
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type != html.ElementNode:
		case c.Data == "mprescripts":
			pre, pair = true, nil
		case !based && !pre:
			based = true
			behind.WriteString(base(m.node(c)))
		default:
			if pair = append(pair, m.node(c)); len(pair) < 2 {
				continue
			}
			scripts := lowered(pair[0]) + raised(pair[1])
			if pair = nil; pre {
				before.WriteString("{}" + scripts)
			} else {
				behind.WriteString(scripts)
			}
		}
	}
	return before.String() + behind.String()
}

// texText writes prose in a formula. Its white space counts.
func texText(s string) string {
	folded := strings.Join(strings.Fields(s), " ")
	if folded == "" {
		return ""
	}
	if first := s[0]; first == ' ' || strings.HasPrefix(s, "\u00a0") {
		folded = " " + folded
	}
	if strings.HasSuffix(s, " ") || strings.HasSuffix(s, "\u00a0") {
		folded += " "
	}
	return `\text{` + textEscapes.Replace(folded) + "}"
}

var textEscapes = strings.NewReplacer(`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "$", `\$`, "%", `\%`, "#", `\#`, "&", `\&`, "_", `\_`, "^", `\^{}`, "~", `\~{}`, "\u00a0", " ")

// identifier writes a name: one letter is slanted, more are a function or an upright word.
func identifier(text, style string) string {
	switch {
	case text == "":
		return ""
	case utf8.RuneCountInString(text) == 1:
		return variant(symbols(text), style)
	case functions[text]:
		return `\` + text
	case text == "...", text == "…":
		return `\ldots`
	case style == "" || style == "normal":
		return named(text)
	}
	return variant(symbols(text), style)
}

// named writes a word of upright letters.
func named(text string) string {
	if strings.Trim(text, letters) == "" {
		return `\mathrm{` + text + "}"
	}
	if tex := symbols(text); strings.HasPrefix(tex, `\`) || strings.ContainsAny(tex, "{}") {
		return tex
	}
	return `\text{` + textEscapes.Replace(text) + "}"
}

// variants are the commands for the styles of letters (MathML 3, 3.2.2).
var variants = map[string]string{
	"normal": `\mathrm`, "bold": `\mathbf`, "italic": `\mathit`, "bold-italic": `\boldsymbol`, "double-struck": `\mathbb`, "script": `\mathcal`,
	"bold-script": `\mathcal`, "fraktur": `\mathfrak`, "bold-fraktur": `\mathfrak`, "sans-serif": `\mathsf`, "bold-sans-serif": `\mathsf`, "monospace": `\mathtt`,
}

// variant writes letters in a style. Letters and symbols that have commands look the
// same upright.
func variant(tex, style string) string {
	command := variants[style]
	switch {
	case command == "", tex == "", style == "italic" && len(tex) == 1, style == "normal" && strings.Trim(tex, letters) != "":
		return tex
	case command == `\mathbf` && strings.HasPrefix(tex, `\`):
		command = `\boldsymbol`
	}
	return command + "{" + tex + "}"
}

// operator writes an operator: a sign, or a word such as "lim".
func operator(text string) string {
	switch {
	case functions[text]:
		return `\` + text
	case len(text) > 1 && strings.Trim(text, letters) == "":
		return `\operatorname{` + text + "}"
	case text == "...":
		return `\ldots`
	}
	return symbols(text)
}

// mathMarkup returns the MathML that MathJax 2 keeps in a script, or nil where it keeps TeX.
func mathMarkup(script *html.Node) *html.Node {
	if strings.HasPrefix(dom.Attr(script, "type"), "math/mml") {
		if m := mathIn(dom.Text(script)); m != nil {
			Strip(m)
			dom.Detach(m)
			return m
		}
	}
	return nil
}
