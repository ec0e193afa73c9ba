"""Frozen input to PNG bytes: medal strips and scoreboards."""
