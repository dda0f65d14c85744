package assets

import (
	"strings"
	"testing"
)

func TestHarmlessSVG(t *testing.T) {
	t.Parallel()
	for _, svg := range []string{
		`<svg/>`,
		`<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg/>`,
		`<?xml version="1.0" encoding="ISO-8859-1"?><svg>` + "\xfc" + `</svg>`,
		`<svg xmlns:only="urn:x"><a xlink:href="https://a.example/"><text only:on="1">on javascript: &lt;script&gt;</text></a><style>a{}</style></svg>`,
		`<svg><image href="data:image/png;base64,AAAA"/><!-- <script> --></svg>`,
	} {
		if err := harmless(strings.NewReader(svg)); err != nil {
			t.Errorf("%s: %v", svg, err)
		}
	}
}

func TestHarmfulSVGIsRefused(t *testing.T) {
	t.Parallel()
	for svg, why := range map[string]string{
		`<svg><script>1</script></svg>`:                                      "script element",
		`<svg><g><s:SCRIPT xmlns:s="http://www.w3.org/2000/svg"/></g></svg>`: "SCRIPT element",
		`<svg><foreignObject><body/></foreignObject></svg>`:                  "foreignObject element",
		`<svg onload="1"/>`:                                                           "onload handler",
		`<svg><a OnClick="1"/></svg>`:                                                 "OnClick handler",
		`<svg><a xlink:href="java&#9;script:1"/></svg>`:                               "active address",
		`<svg><set attributeName="href" to=" JavaScript:1"/></svg>`:                   "active address",
		`<svg><animate values="#a;javascript:1"/></svg>`:                              "active address",
		`<svg><a href="data:text/html,x"/></svg>`:                                     "active address",
		`<!DOCTYPE svg [<!ENTITY x "<script>1</script>">]><svg>&x;</svg>`:             "entities",
		`<?xml-stylesheet type="text/xsl" href="x"?><svg/>`:                           "processing instruction",
		`<svg>&undefined;</svg>`:                                                      "SVG:",
		`<svg><`:                                                                      "SVG:",
		`<?xml version="1.0" encoding="utf-7"?><svg>+ADw-script+AD4-</svg>`:           "SVG:",
		`<svg>` + strings.Repeat("<g>", 5000) + `<iframe src="https://a"/></svg>`:     "iframe element",
		`<svg><handler ev:event="load" xmlns:ev="http://www.w3.org/2001/xml"/></svg>`: "handler element",
	} {
		err := harmless(strings.NewReader(svg))
		if err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%.80s: got %v, want %s", svg, err, why)
		}
	}
}
