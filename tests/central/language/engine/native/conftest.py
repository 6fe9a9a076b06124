"""Tests that load llama.cpp into the process of the tests. `../test_native.py` gives them one of their
own, and only there are they collected: the edge's voice detector brings another library of the same name
(`libggml.so.0`), and whichever comes first takes the other's place.
"""

import os

OWN_PROCESS = "DAEDAM_NATIVE_TESTS"
collect_ignore_glob = [] if OWN_PROCESS in os.environ else ["test_*.py"]
