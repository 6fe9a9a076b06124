import { h, icon, say } from "../dom";
import type { Mount } from "../screen";

/** The room's name, the time, and nothing about the last candidate. */
export const idle: Mount = ({ words, language }) => {
  const locale = language === "ko" ? "ko-KR" : "en-GB";
  const clock = h("p", { class: "clock" });
  const day = h("p", { class: "day" });
  const room = h("h1", { class: "room-name" });
  return {
    root: h(
      "section",
      { class: "screen idle" },
      h("div", { class: "time" }, clock, day),
      room,
      h("p", { class: "readiness" }, icon("circle-dashed"), words.idle.ready),
      h("p", { class: "hint" }, words.idle.hint),
    ),
    update(state) {
      const now = new Date();
      say(clock, now.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit", hour12: false }));
      say(day, now.toLocaleDateString(locale, { month: "long", day: "numeric", weekday: "long" }));
      say(room, state.room_name);
    },
  };
};
