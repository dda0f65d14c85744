package proof

import "strings"

// sameLanguage tells whether a page names the language that its source declares, by
// that name or by the one that Chroma and Zola's grammars know it by.
func sameLanguage(declared, shown string) bool {
	d, s := spelled(declared), strings.ToLower(shown)
	switch {
	case d == "" || noLanguage[d]:
		return true // what a page adds here helps
	case d == s:
		return true
	case s == "":
		return strings.Trim(d, "abcdefghijklmnopqrstuvwxyz0123456789+#._-") != "" && renamed[d] == ""
	}
	return renamed[d] == s
}

func spelled(name string) string {
	return strings.TrimSuffix(strings.ToLower(strings.Trim(name, " \t\n\"'")), "-basic")
}

// noLanguage are names of no language.
var noLanguage = map[string]bool{"plaintext": true, "plain-text": true, "text": true, "txt": true, "none": true, "nohighlight": true,
	"no-highlight": true, "auto": true, "undefined": true, "null": true, "generic": true, "raw": true}

// renamed are languages that a page names otherwise, since one of the generators does
// not know the source's name.
var renamed = map[string]string{
	"as3": "actionscript", "actionscript3": "actionscript", "batchfile": "bat", "dosbatch": "bat", "dos": "bat", "winbatch": "bat",
	"c#": "csharp", "c-sharp": "csharp", "f#": "fsharp", "c++": "cpp", "cxx": "cpp", "cplusplus": "cpp", "h++": "cpp",
	"conf": "ini", "cfg": "ini", "dosini": "ini", "golang": "go", "gradle": "groovy", "htm": "html", "xhtml": "html", "markup": "html",
	"jinja2": "jinja", "html+jinja": "jinja", "jscript": "javascript", "node": "javascript", "nodejs": "javascript", "ecmascript": "javascript",
	"javascriptreact": "jsx", "typescriptreact": "tsx", "mysql": "sql", "obj-c": "objective-c", "objc": "objective-c",
	"objectivec": "objective-c", "objective_c": "objective-c", "patch": "diff", "ps": "powershell", "ps1": "powershell", "pwsh": "powershell",
	"py3": "python", "python3": "python", "python2": "python", "pycon": "python", "rails": "ruby", "shellscript": "bash",
	"shell-script": "bash", "terminal": "console", "shell-session": "console", "shellsession": "console", "sh-session": "console",
	"vimscript": "vim", "yml": "yaml", "mdown": "markdown", "gfm": "markdown",
}
