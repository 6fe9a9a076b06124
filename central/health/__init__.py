"""What is wrong with a room, told from figures alone. Pure: time and settings are arguments.

In: what is known of a room's agent (`facts`), the thresholds of `[health]`, the time. Out: problems with
a severity and the figures behind it (`rules`); which of them are alarms by now (`damping`); what IT may
set in a room and whether a value is one (`settable`).
"""
