"""Fetching from the web: the only part of the library that opens connections, and only when the user asks for it."""
