"""Puts the agent onto a room PC as a service, and takes it off again.

In: the room's settings, and the units that ship with the agent (`deploy/systemd`). Out: files, accounts,
folders and enabled units, each only where it is not so already; a record of what was made, by which
`uninstall` undoes it.
"""
