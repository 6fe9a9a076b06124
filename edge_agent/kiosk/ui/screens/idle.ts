import { button, h, icon, say } from "../dom";
import type { Mount } from "../screen";

/** How long the words stay that nobody is expected. */
const TOLD_MS = 20_000;

/** The room's name, the time, and nothing about the last candidate or the next one. A touch or a key
 * leads on where an interview is assigned to the room; else it says that none is. */
export const idle: Mount = ({ words, language, arrive }) => {
  const locale = language === "ko" ? "ko-KR" : "en-GB";
  const clock = h("p", { class: "clock" });
  const day = h("p", { class: "day" });
  const room = h("h1", { class: "room-name" });
  const ready = h("span", { class: "ready" });
  const symbol = h("span", { class: "symbol" });
  const told = h("p", { class: "nobody", role: "status" });
  const begin = button("quiet", "hand", words.idle.touch, () => {});
  begin.classList.add("large");
  let assigned = false;
  let drawn: boolean | null = null;
  let until = 0;

  const touched = (): void => {
    arrive();
    if (!assigned) {
      until = performance.now() + TOLD_MS;
      say(told, words.idle.nobody);
    }
  };
  const root = h(
    "section",
    { class: "screen idle", click: touched },
    h("div", { class: "time" }, clock, day),
    room,
    h("p", { class: "readiness" }, symbol, ready),
    h("div", { class: "go" }, begin),
    told,
  );
  return {
    root,
    anyKey: touched,
    update(state) {
      const now = new Date();
      say(clock, now.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit", hour12: false }));
      say(day, now.toLocaleDateString(locale, { month: "long", day: "numeric", weekday: "long" }));
      say(room, state.room_name);
      assigned = state.phase === "waiting";
      if (assigned !== drawn) {
        drawn = assigned;
        symbol.replaceChildren(icon(assigned ? "circle-check" : "circle-dashed"));
        say(ready, assigned ? words.idle.assigned : words.idle.ready);
      }
      if (assigned || performance.now() >= until) {
        say(told, "");
      }
    },
  };
};
