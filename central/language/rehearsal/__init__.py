"""A rehearsal of the configured models, before candidates meet them.

In: the models of `language.models`, the bank, and made-up papers and answers of known worth
(`samples.toml`). Out: how many questions passed the gates and why others did not, what became of
follow-ups, which levels were given, whether better answers got the higher ones, and how long it took.
It says whether a model can do this work at all; how well it marks, `central language calibrate` says.
"""
