"""Invented values for the page that lists the components: nobody in them exists, and the database
gives out none of their ids.

In: a language. Out: the flow values that pages give to the macros of `templates/parts`.
"""

from central.dashboard.samples.samples import Samples, samples_of

__all__ = ["Samples", "samples_of"]
