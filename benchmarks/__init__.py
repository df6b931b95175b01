"""Measures newsreader: how good its answers are, and how fast it is for the machine it runs on. See docs/quality.md."""
