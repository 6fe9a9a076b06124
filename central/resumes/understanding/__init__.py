"""Lines become a reading: cleaned, protected fields blanked, sections found, fields read out by rules.

Pure. In: `lines.Extracted`. Out: `flow.Reading`; or `ResumeError` where the text is none.
"""
