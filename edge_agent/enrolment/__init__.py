"""How this PC becomes a room, and stays one: a token for a certificate, renewed long before it ends.

In: a token from an admin, later the present certificate. Out: `identity.pem`, one file with the key, the
certificate and central's authorities, written whole or not at all.
"""
