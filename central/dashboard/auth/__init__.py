"""Who is asking, and whether they may.

In: passwords, cookies and bearer tokens. Out: an `Account` on every connection (or none), and refusals.
`passwords` bcrypt; `keys` from the session secret; `tokens` for `/api/v1`; `browser` sessions for pages
and WebSockets; `who` puts the account on the connection; `roles` guards routes; `login` and `throttle`
count wrong passwords.
"""
