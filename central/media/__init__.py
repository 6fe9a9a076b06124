"""Where large files lie: sealed interviews, résumés, uploads.

In: a random name and bytes as a stream. Out: the same bytes, whole or a range. What is stored is
sealed already (`central.vault`); a store knows neither keys nor whom a file is about.
"""

from central.media.directory import Directory
from central.media.store import MediaStore, check_name, new_name

__all__ = ["Directory", "MediaStore", "check_name", "new_name"]
