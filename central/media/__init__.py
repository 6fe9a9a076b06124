"""Where large files lie: sealed interviews, résumés, uploads.

In: a random name and bytes as a stream. Out: the same bytes, whole or a range. What is stored is
sealed already (`central.vault`); a store knows neither keys nor whom a file is about. `media_store`
makes the one that the settings name: a folder, or a bucket of an S3-compatible store (`s3`, an extra).
"""

from central.media.directory import Directory
from central.media.made import media_store
from central.media.store import MediaStore, check_name, new_name

__all__ = ["Directory", "MediaStore", "check_name", "media_store", "new_name"]
