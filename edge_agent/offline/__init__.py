"""A video file becomes what a room's camera and microphone become: readings, windows, utterances.

In: a file that nobody has to trust, and a preset (how many frames are skipped). Out: the same records as
of a room, into any journal; for a file on this machine a result document (`result`), for an uploaded
one the spool of a virtual room.

`player.Player` is the agent's side: it starts `python -m edge_agent.offline` for one file, watches that
it moves, and gives what it says in the order of media time. `child` is the other side, confined
(`sandbox`) before it looks at the first byte: `opening` refuses what is no video, `index` finds every
frame without decoding one and decides which are taken, `pictures` decodes those, `soundtrack` the
sound, and the frame reader and lookers of `edge_agent.vision` read them. `playback` gives it all to the
listener and the recorder that a room has.
"""
