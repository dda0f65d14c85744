package ledger

// What front matter is written in.
const (
	YAML = "yaml"
	TOML = "toml"
)

// What becomes of pictures.
const (
	Local  = "local"  // fetched and put beside the page
	Remote = "remote" // left where they are
)

// What becomes of the sizes that pictures are shown in.
const (
	KeepSizes = "keep"
	DropSizes = "drop" // all are shown as large as they are
)

// On says that a setting is.
const On = "on"

// Data is where readers' comments go that are wanted: files that templates read.
const Data = "data"
