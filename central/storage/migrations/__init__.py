"""Alembic's revisions. `central.storage.migrate` runs them; there is no alembic.ini.

`versions/NNNN_name.py` names a revision; where it is plain SQL, the statements are in the `.sql` file
beside it, which is what a reviewer and a database administrator read.
"""
