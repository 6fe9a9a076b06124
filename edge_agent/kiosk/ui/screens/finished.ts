import { button, h, icon, say } from "../dom";
import { receipt } from "../receipt";
import type { Mount } from "../screen";
import { survey } from "../survey";

/** What happens next, where the answers are, and when nothing of it is left on this screen. */
export const finished: Mount = (context, { receipt: given, kept }) => {
  const { words, language, press } = context;
  const asked = survey(context);
  const leave = button("primary", "check", words.finished.wipe, () => press({ type: "leave" }));
  const stored = h("span", { role: "status" });
  // No live region: a voice that counts down says nothing else.
  const wiped = h("p", { class: "hint" });
  const symbol = h("span", { class: "symbol" }, icon("cloud-upload"));
  let delivered = false;
  return {
    root: h(
      "section",
      { class: "screen welcome end-of-it" },
      h("h1", { class: "title" }, words.finished.title),
      h(
        "ul",
        { class: "points" },
        h("li", {}, symbol, stored),
        h("li", {}, icon("user-round-check"), h("span", {}, words.finished.next)),
        given === null ? h("li", {}, icon("info"), h("span", {}, words.finished.rights)) : null,
      ),
      given === null ? null : h("div", { class: "parting" }, receipt(context, given, kept), asked.root),
      h("div", { class: "go" }, leave, h("p", { class: "lead" }, words.finished.leave), wiped),
    ),
    update(state, sinceMs) {
      const { counts, phase_elapsed_ms, finished_shown_ms } = state;
      asked.update(state);
      const seconds = Math.ceil((finished_shown_ms - phase_elapsed_ms - sinceMs) / 1_000);
      say(wiped, words.finished.wiped(Math.max(0, seconds)));
      const left = counts.records_appended - counts.records_acked;
      say(stored, left > 0 ? words.finished.storing(left.toLocaleString(language)) : words.finished.stored);
      if (left <= 0 !== delivered) {
        delivered = left <= 0;
        symbol.replaceChildren(icon(delivered ? "circle-check" : "cloud-upload"));
      }
    },
  };
};
