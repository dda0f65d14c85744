package main

import (
	"io/fs"
	"os"
)

// openUploads opens a folder of copies, and nothing above it; nil where none is named.
func openUploads(dir string) (fs.FS, error) {
	if dir == "" {
		return nil, nil
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, usage("name the folder that holds 2024, 2023 and so on", "--uploads %s: %v", dir, cause(err))
	}
	return root.FS(), nil
}
