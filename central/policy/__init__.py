"""Policy profiles: which channels an interview may measure, as documents.

In: the documents that ship with central (`profiles/*.toml`) and those of a site's own folder. Out: a
`central.interview.policy.Policy` by the profile's name. An interview keeps the one that it began with,
so that a later version of the document changes no report.
"""

from central.policy.shelf import Policies, Profile, load

__all__ = ["Policies", "Profile", "load"]
