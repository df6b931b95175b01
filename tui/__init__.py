"""The ``newsreader`` command and the terminal app."""
