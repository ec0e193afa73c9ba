"""Use cases: one module per question a user asks, gathering what its answer needs."""
