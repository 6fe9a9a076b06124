"""What an interview is, as calculation only: no database, no network, no clock.

In: facts that a room reported (`facts.py`), commands and rubrics as stored. Out: the changes that
follow from them (`projection.py`). `central.storage` applies changes; workers and pages read facts.
"""
