"""Whether this room PC is fit for an interview, and what to do where it is not.

`edge-agent doctor` looks from outside, before the agent runs or beside it: in, the settings; out, one
`Finding` a check. Whatever touches a driver runs in a process of its own (`apart`), so that a camera
that hangs is a line, not the end. Inside the running agent, which owns camera and microphone, the gate
(`gate`, `ready`) answers the same question from what it sees anyway; a room that is not ready refuses
to start an interview.
"""
