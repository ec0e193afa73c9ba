"""Adjutant: a Discord bot for Halo Infinite players."""

__version__ = "0.1.0"
