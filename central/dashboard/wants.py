"""What a handler may ask for by name. The parameter's name picks it: `session`, `account`, `bus`,
`hub`, `logins`, `limits`, `policies`, `reveal`, `rooms_ca`, `uploads`, `video_limits`, `arriving`,
`resume_limits`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from litestar.di import NamedDependency
from litestar.params import SkipValidation
from sqlalchemy.ext.asyncio import AsyncSession

from central.config import Resumes, Videos
from central.dashboard.auth.login import Logins
from central.dashboard.live.hub import Hub
from central.dashboard.live.port import LiveBus
from central.health.thresholds import Thresholds
from central.interview.reveal import Rule
from central.policy import Policies
from central.storage.users import Account
from central.vault.resumes import Arriving
from central.vault.uploads import Uploads

Session: TypeAlias = NamedDependency[SkipValidation[AsyncSession]]
"""`session`: one per request, closed after it. Actions commit."""
SignedIn: TypeAlias = NamedDependency[SkipValidation[Account]]
"""`account`: who is signed in; a route where nobody may be has to ask `request.user`."""
ToRooms: TypeAlias = NamedDependency[SkipValidation[LiveBus]]
"""`bus`: doorbells and live events."""
RightNow: TypeAlias = NamedDependency[SkipValidation[Hub]]
"""`hub`: what each room says of itself right now."""
Gate: TypeAlias = NamedDependency[SkipValidation[Logins]]
"""`logins`: checks passwords."""
Limits: TypeAlias = NamedDependency[SkipValidation[Thresholds]]
"""`limits`: from where on a figure is a problem."""
Reveal: TypeAlias = NamedDependency[SkipValidation[Rule]]
"""`reveal`: when an interviewer sees a machine's marks."""
Profiles: TypeAlias = NamedDependency[SkipValidation[Policies]]
"""`policies`: what interviews may measure, by the name of a profile."""
PublicUrl: TypeAlias = NamedDependency[SkipValidation[str]]
"""`public_url`: how browsers reach the site; "" where it was not said."""
VideoStore: TypeAlias = NamedDependency[SkipValidation[Uploads]]
"""`uploads`: where videos are sealed."""
VideoLimits: TypeAlias = NamedDependency[SkipValidation[Videos]]
"""`video_limits`: how large a video may be."""
ResumeStore: TypeAlias = NamedDependency[SkipValidation[Arriving]]
"""`arriving`: where résumés are sealed."""
ResumeLimits: TypeAlias = NamedDependency[SkipValidation[Resumes]]
"""`resume_limits`: how large a résumé may be."""
RoomsCa: TypeAlias = NamedDependency[SkipValidation[Path]]
"""`rooms_ca`: the file of the authority that rooms believe."""
