"""Who the rooms' agents are: the site's certificate authority, identities, admission.

In: room codes and agents' keys. Out: certificates, and rows of rooms and agents.
"""
