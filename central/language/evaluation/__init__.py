"""An answer's marks by a language model, of which code decides all that it can.

In: a question, its rubric, the utterances of an answer. Out: one mark per criterion with verified
quotes, its spread, and why a person has to look. One step a file, in this order: `cleaning`,
`suspicion`, `view` (what the model may read), `evidence` (quotes, found again in the transcript),
`scoring` (one criterion from its quotes alone), `feedback` (last); `evaluator` puts them together.
"""
