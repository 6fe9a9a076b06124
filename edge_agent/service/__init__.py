"""How the agent lives on a room PC: log lines, word to systemd, and facts about this boot.

In: events of the agent. Out: lines on stderr, datagrams to systemd.
"""
