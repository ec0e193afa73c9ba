"""How the tables came to be: one file a step, in ``versions``.

A step is a module of Alembic's with ``revision``, ``down_revision`` and ``upgrade(op)``, which is given the
operations instead of importing them. There is no way back but a backup.
"""
