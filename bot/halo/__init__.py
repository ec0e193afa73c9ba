"""An async client for Halo Infinite's web services."""
