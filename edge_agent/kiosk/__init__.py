"""What the candidate sees, hears and touches.

In: the interview's view and what surrounds it (`state`), texts to speak (`speaker`). Out: presses as
inputs of the runner (`touch`; `hands` presses for a replayed candidate). `server` serves the page on
loopback: the browser in kiosk mode on the same PC is its only visitor.
"""
