package blog

import "strings"

// LanguageAliases holds the name by which both Chroma (Hugo) and Zola's grammars know a
// language, for names that only one of them knows, or neither. All others stay as the
// author wrote them.
var LanguageAliases = map[string]string{
	"as3": "actionscript", "actionscript3": "actionscript",
	"batchfile": "bat", "dosbatch": "bat", "dos": "bat", "winbatch": "bat",
	"c#": "csharp", "c-sharp": "csharp", "f#": "fsharp", "c++": "cpp", "cxx": "cpp", "cplusplus": "cpp", "h++": "cpp",
	"conf": "ini", "cfg": "ini", "dosini": "ini",
	"golang": "go", "gradle": "groovy", "htm": "html", "xhtml": "html", "markup": "html",
	"jinja2": "jinja", "html+jinja": "jinja", "jscript": "javascript", "node": "javascript", "nodejs": "javascript", "ecmascript": "javascript",
	"javascriptreact": "jsx", "typescriptreact": "tsx",
	"mysql": "sql", "obj-c": "objective-c", "objc": "objective-c", "objectivec": "objective-c", "objective_c": "objective-c",
	"patch": "diff", "ps": "powershell", "ps1": "powershell", "pwsh": "powershell",
	"py3": "python", "python3": "python", "python2": "python", "pycon": "python",
	"rails": "ruby", "shellscript": "bash", "shell-script": "bash", "terminal": "console",
	"shell-session": "console", "shellsession": "console", "sh-session": "console",
	"vimscript": "vim",
	"yml":       "yaml", "mdown": "markdown", "gfm": "markdown",
}

// Languages are those that a class alone may name on code: highlight.js before its tenth
// version, Octopress. A theme's own classes are none of these.
var Languages = listed("actionscript apache applescript arduino asm bash c clojure cmake coffeescript cpp csharp css d dart delphi diff django " +
	"dockerfile elixir elm erlang fortran fsharp go golang groovy haskell html http ini java javascript js json julia kotlin latex less lisp lua " +
	"makefile markdown matlab nginx objc objectivec ocaml perl php powershell prolog python r ruby rust sass scala scheme scss sh shell sql " +
	"swift tcl tex toml ts typescript vbnet verilog vhdl vim xml yaml yml zsh")

func listed(names string) map[string]bool {
	m := map[string]bool{}
	for name := range strings.FieldsSeq(names) {
		m[name] = true
	}
	return m
}
