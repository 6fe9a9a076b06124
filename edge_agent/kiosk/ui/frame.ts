// What is always there: the room, the language, the connection in words, staff's notices, faults.
import { call } from "./call";
import { h, icon, say } from "./dom";
import { pause } from "./pause";
import type { Messages } from "./messages";
import type { Context } from "./screen";
import type { State } from "./state";

const LINK_ICONS = { connecting: "circle-dashed", online: "wifi", offline: "wifi-off", lost: "repeat" } as const;
/** How long the words stay that say what came of the calibration. */
const RESULT_MS = 10_000;
/** While nothing is timed. */
const CALM = ["idle", "waiting", "consenting", "checking", "finished"];
type Link = keyof typeof LINK_ICONS;

export function frame(bar: HTMLElement, banners: HTMLElement) {
  const room = h("p", { class: "room" });
  const tongue = h("button", { type: "button", class: "tongue" });
  const symbol = h("span", { class: "symbol" });
  const words = h("span", { role: "status" });
  const link = h("p", { class: "link" }, symbol, words);
  const person = call();
  const rest = pause();
  const told = h("div", { class: "told" });
  bar.replaceChildren(room, h("span", { class: "spring" }), rest.root, person.button, tongue, link);
  banners.replaceChildren(person.place, told);
  let drawn = "";
  let phase = "";
  let resultUntil = 0;
  let context: Context | null = null;
  tongue.addEventListener("click", () => context?.choose(context.language === "ko" ? "en" : "ko"));

  return {
    update(now: Context, screen: string, state: State | null, lost: boolean): void {
      context = now;
      person.update(now, state, lost);
      rest.update(now, state);
      const kind: Link = lost ? "lost" : (state?.link ?? "connecting");
      say(room, state?.room_name ?? "");
      say(words, kind === "offline" ? now.words.link.offline[part(state)] : now.words.link[kind]);
      if (link.dataset["kind"] !== kind) {
        link.dataset["kind"] = kind;
        symbol.replaceChildren(icon(LINK_ICONS[kind]));
      }
      tongue.hidden = !(state !== null && screen !== "language" && CALM.includes(state.phase));
      say(tongue, now.words.otherLanguage);
      tongue.lang = now.language === "ko" ? "en" : "ko";
      if (state !== null && state.phase !== phase) {
        if (phase === "calibrating") {
          resultUntil = performance.now() + RESULT_MS;
        }
        phase = state.phase;
      }
      const result = performance.now() < resultUntil ? (state?.calibrated ?? null) : null;
      const key = JSON.stringify([now.language, state?.notice, state?.faults, result]);
      if (key !== drawn) {
        drawn = key;
        told.replaceChildren(...outcome(now, result), ...notices(now, state));
      }
    },
  };
}

/** What the candidate has to know about a connection that is away depends on where they are. */
function part(state: State | null): keyof Messages["link"]["offline"] {
  switch (state?.phase) {
    case undefined:
    case "idle":
      return "idle";
    case "waiting":
    case "consenting":
    case "checking":
    case "practising":
    case "calibrating":
      return "before";
    case "finished":
      return "after";
    default:
      return "during";
  }
}

/** What came of the calibration, as the question begins. */
function outcome({ words }: Context, result: State["calibrated"]): HTMLElement[] {
  return result === null
    ? []
    : [h("p", { class: "banner staff" }, icon(result === "calibrated" ? "circle-check" : "info"), h("span", {}, words.calibrating.result[result]))];
}

function notices({ words }: Context, state: State | null): HTMLElement[] {
  const shown: HTMLElement[] = [];
  if (state?.notice) {
    shown.push(
      h("p", { class: "banner staff" }, icon("megaphone"), h("strong", {}, words.staff), h("span", {}, state.notice)),
    );
  }
  if (state !== null && state.faults.length > 0) {
    const named = state.faults.map((fault) => words.faults[fault.split(":")[0] ?? ""] ?? fault).join(" · ");
    shown.push(
      h("p", { class: "banner fault" }, icon("triangle-alert"), h("strong", {}, named), h("span", {}, words.faultLead)),
    );
  }
  return shown;
}
