"""Which language models are known: `models.toml` as values, and `central models` over them.

In: what an administrator asks for. Out: a file whose sha256 was compared, and the licence in plain
words. Nothing here loads a model.
"""
