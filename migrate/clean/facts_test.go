package clean

import (
	"testing"

	"replant/migrate/dom"
)

func TestDecide(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ source, want string }{
		"items without a list":          {`<p>a</p><li>b</li><li>c</li><ol><li>d</li></ol>`, `<p>a</p><ul><li>b</li><li>c</li></ul><ol><li>d</li></ol>`},
		"a table of one column":         {`<table><tbody><tr><td>a</td></tr></tbody></table>`, `<table role="presentation"><tbody><tr><td>a</td></tr></tbody></table>`},
		"a table of data":               {`<table><tbody><tr><td>1</td><td>a</td></tr></tbody></table>`, `<table><tbody><tr><td>1</td><td>a</td></tr></tbody></table>`},
		"numbers beside code":           {`<table><tbody><tr><td>1 2</td><td><pre>a</pre></td></tr></tbody></table>`, `<table role="presentation"><tbody><tr><td><pre>a</pre></td></tr></tbody></table>`},
		"numbers in code":               {`<pre><span class="lineno">1</span>a</pre>`, `<pre>a</pre>`},
		"a class outside of code":       {`<p><span class="ln">1</span>a</p>`, `<p><span class="ln">1</span>a</p>`},
		"a language on a box":           {`<div class="highlight go"><pre class="chroma"><code>a</code></pre></div>`, `<div class="highlight go"><pre><code class="language-go">a</code></pre></div>`},
		"a language without code in it": {`<pre class="brush: golang" id="x">a</pre>`, `<pre id="x" class="language-go">a</pre>`},
		"no language":                   {`<pre data-lang="text"><code class="hljs nohighlight">a</code></pre>`, `<pre><code>a</code></pre>`},
		"code of several lines":         {`<code class="lang-js">a<br/>b</code><code class="lang-js">c</code>`, `<code class="language-js">a<br/>b</code><code class="lang-js">c</code>`},
		"an id in front of a heading":   {`<a href="#A%20b">x</a><a name="A b"></a><h2 id="c">y</h2>`, `<a href="#a-b">x</a><a name="A b"></a><h2 id="a-b">y</h2>`},
		"an id below a heading":         {`<h2>y</h2><p id="c">z</p><a href=" #c ">x</a>`, `<h2 id="c">y</h2><p id="c">z</p><a href="#c">x</a>`},
		"two ids of one name":           {`<a href="#É">x</a><a href="#è">y</a><h2 id="É">1</h2>z<h2 id="è">2</h2>`, `<a href="#section">x</a><a href="#section-2">y</a><h2 id="section">1</h2>z<h2 id="section-2">2</h2>`},
		"a link to nothing":             {`<h2 id="a">y</h2><a href="#b">x</a>`, `<h2>y</h2><a>x</a>`},
		"the name of a note": {`<replant-note-ref name="É"></replant-note-ref><replant-note name="É">x</replant-note>`,
			`<replant-note-ref name="note"></replant-note-ref><replant-note name="note">x</replant-note>`},
		"a mark without a note": {`a<replant-note-ref name="7"></replant-note-ref>`, `a[7]`},
	} {
		body := Fragment(c.source)
		Decide(body)
		if got := dom.InnerHTML(body); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
	}
}
