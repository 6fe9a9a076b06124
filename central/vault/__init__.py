"""Finished interviews and documents, encrypted at rest.

In: an interview's records out of the landing table, or a document's bytes. Out: sealed files in a
media store, each encrypted under a key of its interview, that key wrapped by the site key; read back
whole, or one utterance's sound alone. Destroying an interview's key destroys what it sealed.

Who holds the site key: the steward (it seals) and speech (it may have to read sealed sound). Gateway,
language and dashboard have none.
"""
