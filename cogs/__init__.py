"""Command families, one module each; every command is a dozen lines."""
