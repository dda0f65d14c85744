package markdown_test

import (
	"fmt"
	"log"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/clean"
	"replant/migrate/dom"
	"replant/migrate/markdown"
)

func ExampleConverter_Convert() {
	body, err := html.Parse(strings.NewReader(`<h2>Cakes</h2><p>Mix <b>well:</b>slowly, 3 * 4 times.</p>
<pre class="highlight go"><code>bake()</code></pre>`))
	if err != nil {
		log.Fatal(err)
	}
	clean.Decide(body)
	converter := markdown.New(markdown.Style{Embed: func(e dom.Embed) string { return "<" + e.URL + ">" }})
	page, err := converter.Convert(body)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(string(page))
	// Output:
	// ## Cakes
	//
	// Mix **well**:slowly, 3 * 4 times.
	//
	// ```go
	// bake()
	// ```
}
