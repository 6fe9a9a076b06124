"""Pages for people: server-rendered, readable without JavaScript, live where something happens now.

In: requests with a session cookie, read models of `central.storage`, forms. Out: HTML of
`templates/`, and calls of `central.dashboard.actions`. An action answers a form with a redirect to the
page it came from, so that it works with and without htmx.
"""

from central.dashboard.pages.components import router as components
from central.dashboard.pages.desk import router as desk
from central.dashboard.pages.fleet import router as fleet
from central.dashboard.pages.interviews import router as interviews
from central.dashboard.pages.password import router as password
from central.dashboard.pages.people import router as people
from central.dashboard.pages.pins import router as pins
from central.dashboard.pages.plan import router as plan
from central.dashboard.pages.policies import router as policies
from central.dashboard.pages.postings import router as postings
from central.dashboard.pages.quarantine import router as quarantine
from central.dashboard.pages.receipt import router as receipt
from central.dashboard.pages.refusals import router as refusals
from central.dashboard.pages.report import router as report
from central.dashboard.pages.resume import router as resume
from central.dashboard.pages.rooms import router as rooms
from central.dashboard.pages.rooms_admin import router as rooms_admin
from central.dashboard.pages.session import router as session
from central.dashboard.pages.steering import router as steering
from central.dashboard.pages.templating import prepare as prepare_templates
from central.dashboard.pages.trail import router as trail
from central.dashboard.pages.video import router as video

routers = (
    session, password, people, policies, trail, rooms, steering, interviews, postings, pins, plan,
    video, resume, report, desk, fleet, rooms_admin, quarantine, refusals, receipt,
    components,
)  # fmt: skip
"""What the dashboard's app takes in."""

__all__ = ["prepare_templates", "routers"]
