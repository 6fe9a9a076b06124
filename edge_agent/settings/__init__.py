"""The room's settings, each with where its value comes from, and what central sets from afar.

In: the TOML file, `remote.toml` beside the spool, `DAEDAM_...` variables and `--set`, and `Configure`
commands. Out: a `Config` with a source for every value (`sources`), and the word that the agent has to
start anew because other settings are to be tried (`desk`). Order: default < file < remote < environment
< command line, so that whoever stands before the PC has the last word.

A remote change is kept on disk at once and taken on while the room is idle, by a restart: never during
an interview. It is on trial until picture and sound are there; settings with which the room does not
come up are given back, and the room goes on with the former ones (`store`).
"""
