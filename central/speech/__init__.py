"""Speech becomes text.

In: `transcribe` jobs, each naming a range of audio records, and caption requests over NATS. Out: one
`transcripts` row per utterance, accepted or refused with a reason, and caption replies.
`serve.py` composes: records -> `decode` -> `lane` (the one thread that owns the model) -> `gate`.
"""
