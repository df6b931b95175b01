"""The subcommands of ``newsreader``, one file each."""
