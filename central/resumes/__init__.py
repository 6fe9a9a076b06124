"""Résumés: a file that a stranger made becomes fields that say where they were read.

In: the bytes of a PDF, DOCX, HWP or HWPX file. Out: a `flow.Reading` (text, sections, structured data
whose every value is a range of that text, what was hidden, how much was stripped), or a code that says
why the file is refused.

`sandbox.py` starts a process for each file (`child.py`), which confines itself and then lets `formats/`
turn bytes into lines; `understanding.py` turns lines into a reading. Neither touches anything else.
"""
