"""Who is in the text, and who said what."""
