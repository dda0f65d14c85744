package assets

import (
	"encoding/xml"
	"strings"

	"replant/migrate/regex"
)

// The namespaces of an SVG.
const (
	svgSpace   = "http://www.w3.org/2000/svg"
	xlinkSpace = "http://www.w3.org/1999/xlink"
	xmlSpace   = "http://www.w3.org/XML/1998/namespace"
)

// isSVG reports whether elements of a namespace are SVG's. Those without one draw nothing
// and are taken for SVG's, as their author meant them.
func isSVG(space string) bool { return space == svgSpace || space == "" }

// svgElements are the elements that draw, or that those refer to (SVG 1.1 and 2, Filter
// Effects, SVG Animations). None of them runs anything by itself.
var svgElements = words(`
	svg g defs symbol use switch a view title desc style
	path rect circle ellipse line polyline polygon
	text tspan tref textPath altGlyph altGlyphDef altGlyphItem glyphRef
	font font-face font-face-src font-face-name glyph missing-glyph hkern vkern
	image marker pattern clipPath mask linearGradient radialGradient stop
	filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix
	feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB
	feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset
	fePointLight feSpecularLighting feSpotLight feTile feTurbulence
	animate animateTransform animateMotion mpath set`)

// svgDrawn are those of them that a reader sees.
var svgDrawn = words(`path rect circle ellipse line polyline polygon text image use`)

// svgAnimations change an attribute of another element.
var svgAnimations = words(`animate animateTransform set`)

// svgLooks are the attributes that say how an element is drawn. They may be animated, and
// are read as CSS is.
var svgLooks = words(`
	x y x1 x2 y1 y2 cx cy r rx ry fx fy fr dx dy width height d points pathLength transform
	viewBox preserveAspectRatio refX refY orient markerWidth markerHeight markerUnits
	offset rotate textLength lengthAdjust startOffset method spacing side path
	gradientUnits gradientTransform spreadMethod patternUnits patternContentUnits
	patternTransform clipPathUnits maskUnits maskContentUnits filterUnits primitiveUnits
	filterRes in in2 result mode values type stdDeviation edgeMode operator k1 k2 k3 k4 order
	kernelMatrix divisor bias targetX targetY kernelUnitLength preserveAlpha surfaceScale
	diffuseConstant specularConstant specularExponent limitingConeAngle pointsAtX pointsAtY
	pointsAtZ z azimuth elevation scale xChannelSelector yChannelSelector radius seed
	baseFrequency numOctaves stitchTiles tableValues slope intercept amplitude exponent
	alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation
	color-interpolation-filters color-rendering cursor direction display dominant-baseline
	enable-background fill fill-opacity fill-rule filter flood-color flood-opacity font
	font-family font-size font-size-adjust font-stretch font-style font-variant font-weight
	glyph-orientation-horizontal glyph-orientation-vertical image-rendering isolation kerning
	letter-spacing lighting-color marker marker-end marker-mid marker-start mask mask-type
	mix-blend-mode opacity overflow paint-order pointer-events shape-rendering solid-color
	solid-opacity stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
	stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor
	text-align text-decoration text-indent text-overflow text-rendering text-transform
	transform-box transform-origin unicode-bidi vector-effect visibility white-space
	word-spacing writing-mode line-height background background-color inline-size
	shape-inside shape-subtract shape-padding`)

// svgPlain are the attributes that say anything else, and load nothing.
var svgPlain = words(`
	id class lang role tabindex version baseProfile zoomAndPan media title target
	requiredFeatures requiredExtensions systemLanguage externalResourcesRequired
	attributeName attributeType begin dur end min max restart repeatCount repeatDur fill
	calcMode keyTimes keySplines keyPoints from to by additive accumulate origin
	glyphRef format unicode glyph-name horiz-origin-x horiz-origin-y horiz-adv-x vert-origin-x
	vert-origin-y vert-adv-y arabic-form orientation units-per-em panose-1 stemv stemh
	cap-height x-height accent-height ascent descent widths bbox ideographic alphabetic
	mathematical hanging v-ideographic v-alphabetic v-mathematical v-hanging
	underline-position underline-thickness strikethrough-position strikethrough-thickness
	overline-position overline-thickness unicode-range u1 u2 g1 g2 k name`)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// attributes returns those of an element that may stay, by the names that they are written
// under. It says false where the element is nothing without one that may not.
func (c *svgCleaner) attributes(e xml.StartElement) (kept []xml.Attr, fit bool) {
	seen := map[string]bool{}
	for _, a := range e.Attr {
		if a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns" {
			continue // namespaces are declared anew
		}
		name, value, ok := c.attribute(e.Name.Local, a)
		if !ok || seen[name] || value != a.Value {
			c.remove(a.Name.Local + " attribute")
		}
		if ok && !seen[name] {
			seen[name] = true
			kept = append(kept, xml.Attr{Name: xml.Name{Local: name}, Value: value})
		}
	}
	switch name := e.Name.Local; {
	case svgAnimations[name]:
		return kept, animates(kept)
	case name == "image" || name == "use":
		return kept, seen["href"] || seen["xlink:href"]
	}
	return kept, true
}

// attribute returns the name and the value by which an attribute of an element may stay.
func (c *svgCleaner) attribute(element string, a xml.Attr) (name, value string, ok bool) {
	name = a.Name.Local
	switch a.Name.Space {
	case xlinkSpace, "xlink":
		return "xlink:" + name, a.Value, name == "title" || name == "href" && reaches(element, a.Value)
	case xmlSpace, "xml":
		return "xml:" + name, a.Value, name == "lang" || name == "space"
	case "":
	default: // the notes of a drawing program, or another language's handlers
		return name, "", false
	}
	switch {
	case name == "href":
		return name, a.Value, reaches(element, a.Value)
	case element == "style" && name == "type":
		return name, a.Value, a.Value == "" || a.Value == "text/css"
	case name == "style" || svgLooks[name] || svgPlain[name]:
		value, ok = cleanCSSValue(name, a.Value)
		return name, value, ok
	}
	return name, a.Value, strings.HasPrefix(name, "aria-") || strings.HasPrefix(name, "data-")
}

// cssFree are attributes that hold a text for people, or a name, and never CSS.
var cssFree = words(`id class lang role title unicode glyph-name u1 u2 g1 g2 name target media`)

func cleanCSSValue(name, value string) (string, bool) {
	if cssFree[name] {
		return value, true
	}
	return cleanCSS(value)
}

// animates reports whether an animation changes how something is drawn, and nothing else.
func animates(attrs []xml.Attr) bool {
	for _, a := range attrs {
		if a.Name.Local == "attributeName" {
			return svgLooks[a.Value]
		}
	}
	return true // transform, the usual one
}

var (
	// linkOut is where a link of a picture may lead when it is clicked.
	linkOut = regex.Lazy(`^(?:#|https?://|mailto:)`)
	// raster is a picture of pixels in the address itself.
	raster = regex.Lazy(`^data:image/(?:png|jpe?g|gif|webp|avif|bmp)[;,]`)
)

// reaches reports whether an element may name an address: a link any page of the web,
// everything else only what is in the file itself.
func reaches(element, addr string) bool {
	addr = strings.ToLower(strings.TrimSpace(addr))
	switch element {
	case "a":
		return linkOut().MatchString(addr)
	case "image":
		return raster().MatchString(addr)
	case "feImage":
		return raster().MatchString(addr) || strings.HasPrefix(addr, "#")
	}
	return strings.HasPrefix(addr, "#")
}
