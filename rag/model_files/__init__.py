"""The model files: what there is, what is installed, and how it is fetched, checked, added and removed.

Light to import: no engine, no network library. Nothing but ``pull`` opens a socket.
"""
