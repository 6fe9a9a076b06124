"""Finding what an interview can lean on: company documents, postings, bank questions, reviewed answers.

In: texts that staff put there (`indexing.py`), and a query of a few words. Out: passages with where
they stand and how near they are, by meaning (vectors of one embedding model) and by letters (pieces of
words). Without an embedding model the letters work alone, and the result says so. `ngrams`, `fusion`
and `sections` calculate; `central.storage.retrieval` has the SQL; `find.py` puts them together.
"""
