"""How the tables came to be: one file of Alembic's a step, in ``versions``."""
