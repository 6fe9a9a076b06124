"""Which questions an interview asks, and why.

In: a posting, the bank, what the candidate sent, what the candidate is saying. Out: the plan of an
interview, at once from the bank and then worded for the candidate where a model is there in time; at
most two follow-ups to an answer, each about one missing part; and for each question where it is from.

`scheme.py`, `matrix.py` and `matching.py` make the same plan for every candidate of a posting;
`writing.py` words it, `gates.py` refuses; `star.py` and `follow_up.py` look at an answer. All of these
are pure but for the model that they are given. `plan_job.py` and `follow_up_job.py` do the work.
"""
