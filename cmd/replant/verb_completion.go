package main

import (
	"slices"

	"github.com/spf13/cobra"
)

var shells = []string{"bash", "zsh", "fish", "powershell"}

const completionHelp = `Write what a shell completes replant's command line by. To have it in every new shell:

  replant completion bash > ~/.local/share/bash-completion/completions/replant
  replant completion zsh  > "${fpath[1]}/_replant"
  replant completion fish > ~/.config/fish/completions/replant.fish
  replant completion powershell >> $PROFILE`

func completionVerb() *cobra.Command {
	return &cobra.Command{
		Use: "completion SHELL", Short: "Write the completion of a shell: " + either(shells), Long: completionHelp,
		ValidArgs: shells,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 || !slices.Contains(shells, args[0]) {
				return usage("replant completion bash", "completion: name a shell: %s", either(shells))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			root, out := cmd.Root(), cmd.OutOrStdout()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(out, true)
			case "zsh":
				return root.GenZshCompletion(out)
			case "fish":
				return root.GenFishCompletion(out, true)
			}
			return root.GenPowerShellCompletionWithDesc(out)
		},
	}
}
