"""The central servers of Daedam.

In: the rooms' records (gateway), people's requests (dashboard). Out: transcripts, marks and reports
in PostgreSQL, live feedback on NATS, commands to the rooms. One process role per subcommand of
`central`; `roles.py` has each role's composition.
"""
