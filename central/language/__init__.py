"""Questions and marks.

In: the reviewed bank's files, `evaluate` and `report` jobs. Out: rows of the bank, `question_scores`
with verified quotes, `evaluation_reports`. Ports: `evaluator.py` and `generator.py`; what marks and
asks without a language model is labelled `rubric-baseline` and `bank`. `screen` knows what nobody may
ask; `asking.py` refuses it to people, `generator.py` keeps it from plans, `commands_out` from rooms.
"""
