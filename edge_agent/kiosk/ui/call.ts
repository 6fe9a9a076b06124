// A person can be called from every screen: a button in the bar, and a banner that says how it stands.
import { button, h, icon, say } from "./dom";
import type { Context } from "./screen";
import type { State } from "./state";

export function call() {
  let context: Context | null = null;
  const label = h("span");
  const ask = h("button", { type: "button", class: "ask", click: () => context?.press({ type: "call_person" }) });
  ask.append(icon("hand"), label);
  const words = h("span");
  const back = button("quiet", "check", "", () => context?.press({ type: "withdraw_call" }));
  const backLabel = h("span");
  back.replaceChildren(icon("check"), backLabel);
  const banner = h("p", { class: "banner call" }, icon("hand"), words, h("span", { class: "spring" }), back);
  const place = h("div", { class: "called" });

  return {
    /** For the bar. */
    button: ask,
    /** Among the banners. */
    place,
    update(now: Context, state: State | null, lost: boolean): void {
      context = now;
      const stands = state?.help ?? null;
      say(label, now.words.call.ask);
      say(backLabel, now.words.call.back);
      const away = lost || state?.link !== "online";
      if (stands !== null) {
        say(words, stands === "asking" && away ? now.words.call.untold : now.words.call[stands]);
      }
      back.hidden = stands === "coming";
      const open = stands !== null;
      if (open !== place.hasChildNodes()) {
        const had = document.activeElement === ask || document.activeElement === back;
        place.replaceChildren(...(open ? [banner] : []));
        ask.hidden = open || state === null;
        if (had) {
          (open ? back : ask).focus({ preventScroll: true });
        }
      }
      ask.hidden = open || state === null;
    },
  };
}
