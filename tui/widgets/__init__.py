"""The panes of the reading screen, and what they are made of."""
