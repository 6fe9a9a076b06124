// The kiosk page: one state comes in, one screen is shown.
import "./kiosk.css";
import { arriving, type Step } from "./arriving";
import { frame } from "./frame";
import { MESSAGES } from "./messages";
import type { Context, Mount, Screen } from "./screen";
import { between, lost } from "./screens/between";
import { checkIn } from "./screens/check-in";
import { calibrating } from "./screens/calibrating";
import { checking } from "./screens/checking";
import { confirming } from "./screens/confirming";
import { consent } from "./screens/consent";
import { finished } from "./screens/finished";
import { idle } from "./screens/idle";
import { language as languages } from "./screens/language";
import { offering } from "./screens/offering";
import { paused } from "./screens/paused";
import { practising } from "./screens/practising";
import { question } from "./screens/question";
import { waiting } from "./screens/waiting";
import { connect } from "./socket";
import type { Language, State } from "./state";

const REFRESH_MS = 200;

/** Screens that know of no candidate yet. */
const BEFORE: Partial<Record<Step, [string, Mount]>> = { idle: ["idle", idle], language: ["language", languages] };

/** Keys that move the focus or only change others. */
const NO_TOUCH = ["Tab", "Shift", "Control", "Alt", "AltGraph", "Meta", "HangulMode", "Escape"];

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) {
    throw new Error(`index.html lacks #${id}`);
  }
  return found;
}

/** Which screen a state belongs to. Asking, thinking and answering share one, per question. */
function choose(state: State | null, step: Step): [string, Mount] {
  if (state === null) {
    return ["lost", lost];
  }
  switch (state.phase) {
    case "idle":
      return ["idle", idle];
    case "waiting":
      return BEFORE[step] ?? (state.check_in === null ? [`waiting ${state.candidate_name}`, waiting] : ["check-in", checkIn]);
    case "consenting":
      return ["consenting", consent];
    case "checking":
      return ["checking", checking];
    case "practising":
      return ["practising", practising];
    case "calibrating":
      return ["calibrating", calibrating];
    case "paused":
      return ["paused", paused];
    case "offering":
      return ["offering", offering];
    case "confirming":
      return [`confirming ${state.confirming?.turn_id ?? ""}`, confirming];
    case "finished":
      return ["finished", finished];
    default:
      return state.question === null ? ["between", between] : [`question ${state.question.question_id}`, question];
  }
}

function main(): void {
  const stage = element("stage");
  const around = frame(element("bar"), element("banners"));
  let state: State | null = null;
  let arrived = 0;
  let away = false;
  let chosen: Language | null = null;
  let shown = "";
  let screen: Screen | null = null;

  const agent = connect(
    new URLSearchParams(location.search).get("token") ?? "",
    (next) => {
      if (next.phase === "idle" && state?.phase !== "idle") {
        chosen = null; // the next candidate starts afresh
      }
      if (next.language_chosen) {
        chosen = null; // the agent knows it now
      }
      state = next;
      arrived = performance.now();
      away = false;
      draw();
    },
    () => {
      away = true;
      draw();
    },
  );

  const arrival = arriving();
  document.addEventListener("keydown", (event) => {
    arrival.touch(performance.now());
    const pressed = event.target instanceof HTMLButtonElement && ["Enter", " "].includes(event.key);
    if (screen?.anyKey !== undefined && !pressed && !event.repeat && !NO_TOUCH.includes(event.key)) {
      event.preventDefault(); // the key that woke the screen presses nothing on the next one
      screen.anyKey();
    }
  });
  document.addEventListener("pointerdown", () => arrival.touch(performance.now()));

  function draw(): void {
    const language = chosen ?? state?.language ?? "ko";
    const context: Context = {
      words: MESSAGES[language],
      language,
      press: (press) => agent.press(press),
      choose(next) {
        chosen = next;
        arrival.chose(performance.now());
        if (state !== null && state.phase !== "idle") {
          agent.press({ type: "language", language: next });
        }
        draw();
      },
      arrive() {
        if (arrival.arrive(performance.now())) {
          draw();
        }
      },
    };
    document.documentElement.lang = language;
    document.title = context.words.title;
    document.body.dataset["phase"] = state?.phase ?? "lost";
    const step = state === null ? "idle" : arrival.step(state, performance.now());
    const [name, mount] = choose(state, step);
    document.body.dataset["screen"] = name.split(" ")[0] ?? "";
    around.update(context, document.body.dataset["screen"], state, away);
    const key = `${language} ${name}`;
    if (key !== shown || screen === null) {
      shown = key;
      screen = mount(context, state as State);
      stage.replaceChildren(screen.root);
      (screen.focus ?? stage).focus({ preventScroll: true });
    }
    if (state !== null) {
      screen.update(state, away ? 0 : performance.now() - arrived);
    }
  }

  draw();
  setInterval(draw, REFRESH_MS); // clocks move between two states
}

main();
