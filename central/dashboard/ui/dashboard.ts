// The dashboard's script: htmx for actions, and the live pages. Pages that only read need none of it.
import "htmx.org";
import "uplot/dist/uPlot.min.css";
import "./dashboard.css";
import "./fleet.css";
import "./desk.css";
import "./signals.css";
import "./upload.css";
import { desk } from "./desk";
import { drafts } from "./drafts";
import { enrolmentToken } from "./enrolment";
import { showRefusals } from "./fragments";
import { fleet, fleetRoom } from "./fleet";
import { playQuotes } from "./playing";
import { room } from "./room";
import { rooms } from "./rooms";
import { upload } from "./upload";

showRefusals();
drafts();
playQuotes();
const outbox = desk();
for (const button of document.querySelectorAll<HTMLElement>("[data-print]")) {
  button.addEventListener("click", () => window.print());
}
// Paper has no triangles to press.
window.addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll<HTMLDetailsElement>("details.measured")) folded.open = true;
});
switch (document.body.dataset["page"]) {
  case "rooms":
    rooms();
    break;
  case "room":
    room(outbox);
    break;
  case "fleet":
    fleet();
    break;
  case "fleet-room":
    fleetRoom();
    break;
  case "enrolment-token":
    enrolmentToken();
    break;
  case "video":
    upload("video");
    break;
  case "resume":
    upload("resume");
    break;
  default:
    break;
}
