"""The spool on disk. In: values of the room. Out: records that a power cut cannot take back.

    folder/000001-<spool_id>/00000000000000000001.seg ...

Segments are append-only. A record counts, and can be read, once `fdatasync` has returned for it, for
its segment's header and for the folder that names the segment.
"""
