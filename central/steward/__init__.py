"""The caretaker: what has to be done once for a site, by whichever steward leads.

In: time passing. Out: partitions made ahead, rooms that went silent shown as such, commands that
nobody can fulfil any more closed, a warning where jobs are dead; finished interviews sealed, days whose
records are all sealed dropped, interviews whose day has come erased, the
files of erased ones deleted.
"""
