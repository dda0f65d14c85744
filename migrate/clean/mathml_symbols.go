package clean

import (
	"strings"
	"sync"
)

// symbols returns characters of a formula as TeX. What has no command there stands as it
// is, which KaTeX and MathJax read.
func symbols(text string) string {
	var b joiner
	for _, r := range text {
		b.add(symbol(r))
	}
	return b.String()
}

func symbol(r rune) string {
	if tex, ok := commands()[r]; ok {
		return tex
	}
	if tex := mathLetter(r); tex != "" {
		return tex
	}
	return string(r)
}

// mathLetter returns a letter or a digit of Unicode's mathematical alphabets (U+1D400 to
// U+1D7FF) as the plain one in its style, or "".
func mathLetter(r rune) string {
	const (
		first, greek, capitals, digits, last = 0x1D400, 0x1D6A4, 0x1D6A8, 0x1D7CE, 0x1D7FF
		alphabet                             = 52
		greekAlphabet                        = 58
	)
	switch {
	case r >= first && r < greek:
		i := r - first
		letter := letters[(i%alphabet+alphabet/2)%alphabet]
		return styled(string(letter), letterStyles[i/alphabet])
	case r >= capitals && r < digits:
		i := r - capitals
		return styled(symbol([]rune(greekLetters)[i%greekAlphabet]), greekStyles[i/greekAlphabet])
	case r >= digits && r <= last:
		i := r - digits
		return styled(string('0'+i%10), digitStyles[i/10])
	}
	return ""
}

func styled(tex, command string) string {
	if command == "" {
		return tex
	}
	return command + "{" + tex + "}"
}

// The alphabets of letters and digits in Unicode's order.
var (
	letterStyles = [...]string{`\mathbf`, "", `\boldsymbol`, `\mathcal`, `\mathcal`, `\mathfrak`, `\mathbb`, `\mathfrak`, `\mathsf`, `\mathsf`, `\mathsf`, `\mathsf`, `\mathtt`}
	greekStyles  = [...]string{`\boldsymbol`, "", `\boldsymbol`, `\boldsymbol`, `\boldsymbol`}
	digitStyles  = [...]string{`\mathbf`, `\mathbb`, `\mathsf`, `\mathsf`, `\mathtt`}
)

// greekLetters is an alphabet of Greek in the order of those that Unicode has for mathematics.
const greekLetters = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΘΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑϰϕϱϖ"

// functions are the names that TeX has a command for.
var functions = words("arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max min Pr sec sin sinh sup tan tanh")

// largeOperators have limits below and above.
var largeOperators = words(`\sum \prod \coprod \int \iint \iiint \oint \bigcup \bigcap \bigvee \bigwedge \bigoplus \bigotimes \bigodot \biguplus \bigsqcup ` +
	`\lim \liminf \limsup \max \min \sup \inf \det \gcd \Pr`)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// commands are the characters that TeX has a command for, or reads otherwise.
var commands = sync.OnceValue(func() map[rune]string {
	all := map[rune]string{
		'\u00a0': `\ `, '\u2061': "", '\u2062': "", '\u2063': "", '\u2064': "", '\u200b': "", '\u2009': `\,`, '\u200a': `\,`, '\u2003': `\quad `, '\ufeff': "",
		'{': `\{`, '}': `\}`, '%': `\%`, '#': `\#`, '&': `\&`, '$': `\$`, '_': `\_`, '\\': `\backslash`, '~': `\sim`, '^': `\hat{}`,
	}
	fields := strings.Fields(commandTable)
	for i := 0; i+1 < len(fields); i += 2 {
		all[[]rune(fields[i])[0]] = fields[i+1]
	}
	return all
})

// commandTable pairs characters with their TeX (the names of LaTeX and amssymb).
const commandTable = `
α \alpha β \beta γ \gamma δ \delta ε \varepsilon ϵ \epsilon ζ \zeta η \eta θ \theta ϑ \vartheta ι \iota κ \kappa λ \lambda μ \mu µ \mu
ν \nu ξ \xi ο o π \pi ϖ \varpi ρ \rho ϱ \varrho σ \sigma ς \varsigma τ \tau υ \upsilon φ \varphi ϕ \phi χ \chi ψ \psi ω \omega
Α A Β B Ε E Ζ Z Η H Ι I Κ K Μ M Ν N Ο O Ρ P Τ T Χ X ϰ \varkappa Γ \Gamma Δ \Delta Θ \Theta Λ \Lambda Ξ \Xi Π \Pi Σ \Sigma Υ \Upsilon Φ \Phi Ψ \Psi Ω \Omega
ℂ \mathbb{C} ℍ \mathbb{H} ℕ \mathbb{N} ℙ \mathbb{P} ℚ \mathbb{Q} ℝ \mathbb{R} ℤ \mathbb{Z}
ℬ \mathcal{B} ℰ \mathcal{E} ℱ \mathcal{F} ℋ \mathcal{H} ℐ \mathcal{I} ℒ \mathcal{L} ℳ \mathcal{M} ℛ \mathcal{R} ℊ \mathcal{g} ℴ \mathcal{o} ℯ \mathcal{e}
ℭ \mathfrak{C} ℌ \mathfrak{H} ℑ \Im ℜ \Re ℨ \mathfrak{Z} ℎ h ℏ \hbar ħ \hbar ℓ \ell ℘ \wp ı \imath ȷ \jmath ℵ \aleph ℶ \beth
∂ \partial ∇ \nabla ∞ \infty ∅ \emptyset ∀ \forall ∃ \exists ∄ \nexists ¬ \neg ∠ \angle △ \triangle □ \square ◊ \lozenge ′ \prime ″ '' ‴ ''' ’ ' ° {}^\circ
− - ‐ - ‒ - – - ± \pm ∓ \mp × \times ÷ \div ∗ * ⋅ \cdot · \cdot ∘ \circ • \bullet ∙ \bullet ⋆ \star ∕ / ⁄ / ∖ \setminus
⊕ \oplus ⊖ \ominus ⊗ \otimes ⊘ \oslash ⊙ \odot † \dagger ‡ \ddagger ∧ \wedge ∨ \vee ∩ \cap ∪ \cup ⊎ \uplus ⊔ \sqcup ⊓ \sqcap ⋄ \diamond
≤ \leq ≥ \geq ≪ \ll ≫ \gg ≠ \neq ≈ \approx ≡ \equiv ≢ \not\equiv ∼ \sim ≃ \simeq ≅ \cong ∝ \propto ≺ \prec ≻ \succ ⪯ \preceq ⪰ \succeq ≐ \doteq
⩽ \leqslant ⩾ \geqslant ≔ := ≲ \lesssim ≳ \gtrsim ≜ \triangleq
∈ \in ∉ \notin ∋ \ni ⊂ \subset ⊃ \supset ⊆ \subseteq ⊇ \supseteq ⊄ \not\subset ⊈ \nsubseteq ⊊ \subsetneq ⊥ \perp ∥ \parallel ∦ \nparallel ∣ \mid ∤ \nmid
⊢ \vdash ⊣ \dashv ⊨ \models ⊤ \top ∴ \therefore ∵ \because ⋈ \bowtie
← \leftarrow → \to ↑ \uparrow ↓ \downarrow ↔ \leftrightarrow ⇐ \Leftarrow ⇒ \Rightarrow ⇑ \Uparrow ⇓ \Downarrow ⇔ \Leftrightarrow
↦ \mapsto ↪ \hookrightarrow ↩ \hookleftarrow ⇀ \rightharpoonup ⇌ \rightleftharpoons ⟵ \longleftarrow ⟶ \longrightarrow ⟷ \longleftrightarrow
⟸ \Longleftarrow ⟹ \Longrightarrow ⟺ \Longleftrightarrow ⟼ \longmapsto ↗ \nearrow ↘ \searrow ⇝ \rightsquigarrow ↛ \nrightarrow
∑ \sum ∏ \prod ∐ \coprod ∫ \int ∬ \iint ∭ \iiint ∮ \oint ⋃ \bigcup ⋂ \bigcap ⋁ \bigvee ⋀ \bigwedge ⨁ \bigoplus ⨂ \bigotimes ⨀ \bigodot ⨄ \biguplus ⨆ \bigsqcup √ \surd
… \ldots ⋯ \cdots ⋮ \vdots ⋱ \ddots ‖ \Vert ⟨ \langle ⟩ \rangle 〈 \langle 〉 \rangle ⌈ \lceil ⌉ \rceil ⌊ \lfloor ⌋ \rfloor ⟦ \llbracket ⟧ \rrbracket
`
