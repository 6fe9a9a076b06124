// What most pages need. The live room brings its charts along when it is opened, and so do the others.
import "htmx.org";
import { desk } from "./desk";
import { drafts } from "./drafts";
import { showRefusals } from "./fragments";
import { playQuotes } from "./playing";
import { rooms } from "./rooms";

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
    void import("./room").then(({ room }) => room(outbox)).finally(() => outbox?.begin());
    break;
  case "fleet":
    void import("./fleet").then(({ fleet }) => fleet());
    break;
  case "fleet-room":
    void import("./fleet").then(({ fleetRoom }) => fleetRoom());
    break;
  case "enrolment-token":
  case "initial-password":
    void import("./enrolment").then(({ enrolmentToken }) => enrolmentToken());
    break;
  case "video":
    void import("./upload").then(({ upload }) => upload("video"));
    break;
  case "resume":
    void import("./upload").then(({ upload }) => upload("resume"));
    break;
  default:
    outbox?.begin();
    break;
}
