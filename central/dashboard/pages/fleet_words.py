"""What the fleet pages say about a room, in English sentences that the catalogues translate."""

from __future__ import annotations

from typing import Final

from central.health.facts import RoomState, Severity

STATES: Final = {
    RoomState.RED: "Needs somebody now",
    RoomState.AMBER: "Needs a look",
    RoomState.GREEN: "Ready",
    RoomState.GREY: "Never seen",
}
STATE_ICONS: Final = {
    RoomState.RED: "octagon-alert",
    RoomState.AMBER: "triangle-alert",
    RoomState.GREEN: "circle-check",
    RoomState.GREY: "circle-dashed",
}
STATE_CLASSES: Final = {
    RoomState.RED: "fault",
    RoomState.AMBER: "attention",
    RoomState.GREEN: "ready",
    RoomState.GREY: "offline",
}
SEVERITIES: Final = {Severity.RED: "Now", Severity.AMBER: "Today"}
SEVERITY_ICONS: Final = {Severity.RED: "octagon-alert", Severity.AMBER: "triangle-alert"}
SEVERITY_CLASSES: Final = {Severity.RED: "fault", Severity.AMBER: "attention"}

PROBLEMS: Final = {
    "agent_away": "Not heard for {span}",
    "device_lost": "Device fault: {faults}",
    "room_fault": "The room says: {faults}",
    "camera_frozen": "The picture has not changed for {span}",
    "microphone_silent": "The microphone has been silent for {span}",
    "certificate_ending": "The certificate ends in {hours} h",
    "spool_filling": "{percent}% of the record store is full",
    "spool_growing": "{records} records are waiting, the oldest for {span}",
    "disk_low": "{gigabytes} GB are free on the disk",
    "fps_low": "{fps} of {wanted} frames a second",
    "clock_off": "The clock is {seconds} s off",
    "vision_restarting": "Picture analysis restarted {times} times",
    "vision_fallback": "The graphics card does not analyse pictures, the processor does: {reason}",
    "machine_hot": "The PC is at {celsius} °C",
    "memory_full": "{percent}% of the memory is in use",
    "version_behind": "Version {version}; {newest} is out",
}
OTHERS: Final = {
    "agent_refused": "An agent that is not admitted asks to come in",
    "stream_refused": "The room's streams are refused",
    "spool_rolled_back": "The room's disk was set back to an earlier state, or copied",
    "spool_began_anew": "The room began a new series of records",
    "record_quarantined": "Records that cannot be believed are kept apart",
    "clock_skew": "The clocks of room and central differ",
    "clock_wrong": "The room's clock does not fit its certificate",
    "token_reused": "An enrolment token was used a second time",
    "identity_locked": "An older certificate of this room was used: the room is locked",
    "gateway_certificate_ends": "The gateway's own certificate is about to end",
    "issuing_authority_ends": "The authority that signs rooms is about to end",
    "settings_refused": "The room refused its settings and goes on as it was",
    "site_key_unusable": "The key of this site cannot be used",
    "sealing_failed": "Interviews cannot be sealed",
    "erasing_failed": "Interviews whose day has come cannot be erased",
    "clock_doubted": "The server's clock has jumped ahead: nothing is erased by date for a day",
    "landed_records_held": "Old records cannot be dropped yet",
}
"""Alarms that are not the rules'."""
REMEDIES: Final = {
    "agent_away": "Look whether the PC is on and on the network; then: systemctl status daedam-edge",
    "device_lost": "Plug the device in again; edge-agent doctor names those that are there.",
    "room_fault": "See the agent's log; edge-agent doctor examines the PC.",
    "camera_frozen": "Unplug the camera and plug it in again, on another port if it happens again.",
    "microphone_silent": "Look for a mute switch and at the cable; edge-agent doctor shows the level.",
    "certificate_ending": "The agent renews by itself: look at its log; else enrol the room anew.",
    "spool_filling": "Restore the way to central, or give the room more with spool.limit_bytes.",
    "spool_growing": "The way to central is too slow or breaks: measure it with edge-agent doctor.",
    "disk_low": "Free space on the room PC's disk.",
    "fps_low": "Look for other programs on the PC and for heat; a poor USB cable slows a camera too.",
    "clock_off": "Set up time synchronisation (NTP) on the PC.",
    "vision_restarting": "Look at the agent's log; a failing camera or too little memory does this.",
    "vision_fallback": 'edge-agent doctor says what the card lacks; vision.profile = "cpu" ends this.',
    "machine_hot": "Clean the fans and let air in.",
    "memory_full": "Look for other programs on the PC; restart it between interviews.",
    "version_behind": "Install the new package on this PC.",
}
OTHER_ALARM: Final = "See the details, and the log of central."
FILTERS: Final = {"all": "All", "trouble": "With problems", "well": "Without problems"}
SORTS: Final = {
    "trouble": "Worst first",
    "name": "By name",
    "seen": "Longest unseen first",
    "version": "By version",
}
FIGURES: Final = {
    "phase": "Interview",
    "fps": "Frames a second",
    "frozen_ms": "Same picture for",
    "frames": "Frames analysed",
    "vision_provider": "Analysed by",
    "vision_profile": "Analysed on",
    "vision_restarts": "Restarts of picture analysis",
    "level_dbfs": "Loudest sound",
    "silent_ms": "Silent for",
    "sound_lost_ms": "Sound lost",
    "sentence_snr_db": "Test sentence, over the room's noise",
    "sentence_latency_ms": "Test sentence, heard after",
    "sentence_error_ratio": "Test sentence, letters read wrong",
    "waiting": "Records waiting",
    "oldest_unsent_ms": "Oldest record waiting for",
    "spool": "Record store in use",
    "disk_free_bytes": "Free on the disk",
    "certificate": "Certificate ends",
    "clock_skew_ms": "Clock off by",
    "uptime_ms": "Agent running for",
    "cpu_ratio": "Processor",
    "memory_ratio": "Memory",
    "temperature_celsius": "Temperature",
    "settings_version": "Settings in force",
}
PROFILES: Final = {"cpu": "Processor", "gpu": "Graphics card"}
SETTINGS: Final = {
    "camera.device": "Camera",
    "camera.width": "Picture width",
    "camera.height": "Picture height",
    "camera.fps": "Frames a second",
    "microphone.device": "Microphone",
    "microphone.codec": "Sound is sent as",
    "speaker.output": "Speaker",
    "spool.limit_bytes": "Size of the record store",
    "log.level": "Log",
}
FROM: Final = {"fleet": "every room", "room": "this room", "none": "the room's own file"}
DELIVERY: Final = {
    "none": "Nothing is set from here.",
    "in_force": "The room runs with version {version}.",
    "waiting": "Version {version} is on its way; the room takes it on when no interview is on.",
    "refused": "The room refused version {version} and goes on as it was: {detail}",
    "away": "Version {version} waits for the room to connect.",
}
DONE: Final = {
    "seen": "Noted: you have seen it.",
    "closed": "The alarm is closed.",
    "set": "Saved. Rooms take it on when no interview is on.",
    "check": "The room has been asked. It speaks for half a minute; what it heard appears here.",
}
CHECKS: Final = {
    "open": "The room is speaking and listening",
    "done": "The room answered",
    "refused": "The room did not do it: {detail}",
    "expired": "The room did not answer in time",
    "unknown": "The room's agent is too old for this",
}
LANGUAGES: Final = {"ko": "Korean", "en": "English"}
