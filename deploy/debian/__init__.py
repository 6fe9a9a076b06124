"""The agent as a Debian package, made with plain dpkg-deb: `python -m deploy.debian`.

In: the repository with its pages built, and a virtual environment. Out: one .deb. No models: they are
built on the PC, from wheels whose hashes are pinned (`edge-agent models build`).
"""
