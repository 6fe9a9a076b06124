"""Questions and marks.

In: the reviewed bank's files, `evaluate` and `report` jobs. Out: rows of the bank, `question_scores`
with verified quotes, `evaluation_reports`. Ports: `evaluator.py` and `generator.py`; what marks and
asks without a language model is labelled `rubric-baseline` and `bank`.
"""
