// Asking, thinking and answering are one screen: the question never moves.
import { button, h, icon, say } from "../dom";
import { captions } from "../captions";
import { meter } from "../meter";
import { volume } from "../volume";
import { writing } from "../writing";
import type { Mount } from "../screen";
import type { Messages } from "../messages";
import type { State } from "../state";

const THANKS_MS = 4_000;

export const question: Mount = (context, { typed_answers: types }) => {
  const { words, press } = context;
  let turn_id = ""; // of what is shown: a second tap is not for the next question
  const eyebrow = h("p", { class: "eyebrow" });
  const steps = h("div", { class: "steps", "aria-hidden": "true" });
  const text = h("h1", { class: "question" });
  const status = h("p", { class: "status", role: "status" });
  const block = captions(words);
  const paper = writing(context);
  const level = meter(words);
  const time = timeLeft(words);
  const done = button("primary", "check", words.question.done, () => {
    paper.send();
    press({ type: "done", turn_id });
  });
  done.classList.add("done");
  const start = button("primary", "arrow-right", words.question.start, () => press({ type: "done", turn_id }));
  start.classList.add("done");
  const repeat = button("quiet", "repeat", words.question.repeat, () => press({ type: "repeat" }));
  const skip = button("quiet", "skip-forward", words.question.skip, () => press({ type: "skip", turn_id }));
  const unknown = button("quiet", "circle-help", words.question.doNotKnow, () => press({ type: "do_not_know", turn_id }));
  const loudness = volume(words, (percent) => press({ type: "volume", percent }));
  const spoiled = h(
    "p",
    { class: "banner spoiled", role: "status" },
    icon("info"),
    h("span", {}, words.question.spoiled),
    h("span", { class: "spring" }),
    button("quiet", "repeat", words.question.spoiledAgain, () => press({ type: "answer_again" })),
  );
  const foot = h(
    "footer",
    { class: "actions" },
    spoiled,
    h("div", { class: "row" }, level.root, time.root),
    h("div", { class: "row" }, repeat, skip, unknown, h("span", { class: "spring" }), start, done),
  );
  let phase = "";

  return {
    root: h(
      "section",
      { class: "screen asked" },
      h("div", { class: "head" }, eyebrow, steps, h("span", { class: "spring" }), loudness.root),
      text,
      status,
      types ? paper.root : block.root,
      foot,
    ),
    update(state, sinceMs) {
      const asked = state.question;
      if (asked === null) {
        return;
      }
      turn_id = asked.turn_id;
      say(eyebrow, words.question.of(asked.position + 1, asked.count));
      drawSteps(steps, asked.position, asked.count);
      say(text, asked.text);
      text.classList.toggle("long", asked.text.length > 90);
      say(status, statusWords(state, sinceMs, words));
      status.classList.toggle("gentle", state.still_there);
      block.update(state);
      paper.update(state);
      level.update(state);
      loudness.update(state);
      time.update(state, sinceMs);
      const answering = state.phase === "answering";
      block.root.hidden = paper.root.hidden = !answering;
      level.root.hidden = !answering || types;
      done.hidden = !answering;
      start.hidden = state.phase !== "thinking";
      skip.hidden = state.phase === "asking";
      spoiled.hidden = !(answering && state.offers_again);
      unknown.hidden = state.phase === "asking";
      repeat.hidden = state.phase === "asking";
      if (phase !== state.phase) {
        phase = state.phase;
        if (answering) {
          (types ? paper.field : done).focus({ preventScroll: true });
        } else if (phase === "thinking") {
          start.focus({ preventScroll: true });
        }
      }
    },
  };
};

function statusWords(state: State, sinceMs: number, words: Messages): string {
  const elapsed = state.phase_elapsed_ms + sinceMs;
  if (state.still_there) {
    return words.question.stillThere;
  }
  switch (state.phase) {
    case "asking": {
      if (state.again !== "") {
        return words.question.again[state.again];
      }
      const thanks = (state.question?.position ?? 0) > 0 && elapsed < THANKS_MS;
      return thanks ? words.question.thanks : words.question.asking;
    }
    case "thinking": {
      const seconds = Math.max(0, Math.ceil((state.think_ms - elapsed) / 1_000));
      return `${words.question.thinking}. ${words.question.thinkingLeft(seconds)}`;
    }
    default:
      return state.typed_answers ? words.writing.answering : words.question.answering;
  }
}

function drawSteps(root: HTMLElement, position: number, count: number): void {
  if (root.childElementCount !== count) {
    root.replaceChildren(...Array.from({ length: count }, () => h("i")));
  }
  [...root.children].forEach((step, index) => {
    step.className = index < position ? "past" : index === position ? "now" : "";
  });
}

/** The thin bar and its words. */
function timeLeft(words: Messages) {
  const fill = h("i");
  const label = h("span", { class: "left" });
  const root = h("div", { class: "time-left" }, h("div", { class: "thin", "aria-hidden": "true" }, fill), label);
  return {
    root,
    update(state: State, sinceMs: number): void {
      const limit = state.phase === "thinking" ? state.think_ms : state.answer_limit_ms;
      const running = state.phase !== "asking" && limit > 0;
      root.classList.toggle("still", !running);
      const left = running ? Math.max(0, limit - state.phase_elapsed_ms - sinceMs) : limit;
      fill.style.setProperty("transform", `scaleX(${limit > 0 ? (left / limit).toFixed(4) : "1"})`);
      const seconds = Math.ceil(left / 1_000);
      const spoken = words.question.duration(Math.floor(seconds / 60), seconds % 60);
      say(label, state.phase === "answering" ? words.question.left(spoken) : "");
    },
  };
}
