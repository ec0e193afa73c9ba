"""What a person wants to know about Halo, computed by pure functions from parsed models."""
