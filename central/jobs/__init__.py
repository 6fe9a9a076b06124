"""Work as rows: claimed, leased, fenced by attempt, dead after five.

In: rows that `central.storage.jobs.insert` wrote in the transaction that caused the work.
Out: batches of `ClaimedJob` for the worker that claims them.
"""
