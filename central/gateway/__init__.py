"""The only door to rooms: one gRPC stream each, over mTLS.

In: the rooms' records, live readings and health. Out: acknowledgements after the PostgreSQL commit,
commands, and live feedback; jobs, projections and events for the rest of central.
"""
