// The kiosk page: one state comes in, one screen is shown.
import "./kiosk.css";
import { frame } from "./frame";
import { MESSAGES } from "./messages";
import type { Context, Mount, Screen } from "./screen";
import { between, lost } from "./screens/between";
import { calibrating } from "./screens/calibrating";
import { consent } from "./screens/consent";
import { finished } from "./screens/finished";
import { idle } from "./screens/idle";
import { question } from "./screens/question";
import { waiting } from "./screens/waiting";
import { connect } from "./socket";
import type { Language, State } from "./state";

const REFRESH_MS = 200;

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) {
    throw new Error(`index.html lacks #${id}`);
  }
  return found;
}

/** Which screen a state belongs to. Asking, thinking and answering share one, per question. */
function choose(state: State | null): [string, Mount] {
  if (state === null) {
    return ["lost", lost];
  }
  switch (state.phase) {
    case "idle":
      return ["idle", idle];
    case "waiting":
      return [`waiting ${state.candidate_name}`, waiting];
    case "consenting":
      return ["consenting", consent];
    case "calibrating":
      return ["calibrating", calibrating];
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

  function draw(): void {
    const language = chosen ?? state?.language ?? "ko";
    const context: Context = {
      words: MESSAGES[language],
      language,
      press: (press) => agent.press(press),
      switchLanguage() {
        chosen = language === "ko" ? "en" : "ko";
        draw();
      },
    };
    document.documentElement.lang = language;
    document.title = context.words.title;
    document.body.dataset["phase"] = state?.phase ?? "lost";
    around.update(context, state, away);

    const [name, mount] = choose(state);
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
