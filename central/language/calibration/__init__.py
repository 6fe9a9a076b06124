"""What a machine's marks are worth beside people's.

In: ratings of the same answers by people and by an evaluator, as CSV (`ratings.py`). Out: agreement by
criterion and by band with what people reach among themselves, and a monotone curve (`isotonic.py`).
Nothing is claimed of an evaluator that was not measured so.
"""
