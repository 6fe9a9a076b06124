"""The only SQL of central: tables, migrations, and one file of functions per subject.

In: domain values. Out: domain values. Functions take an open connection, so that their caller
decides what one transaction is. Two ways in: `engine.py` (SQLAlchemy, for everything) and
`pool.py` (psycopg itself, for the ingest path, where 1,000 rooms write).
"""
