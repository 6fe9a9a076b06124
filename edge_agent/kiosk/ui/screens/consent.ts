import { button, h, icon, say } from "../dom";
import type { Messages } from "../messages";
import type { Mount } from "../screen";

type Topic = { title: string; text: string; refused: string };

/** The notice in plain words, and separate choices; nothing is chosen beforehand. The third is asked for
 * only where the interview's policy allows what it is about. */
export const consent: Mount = ({ words, press, language }, state) => {
  const hint = h("p", { class: "hint", role: "status" });
  const recording = choice("recording", words.consent.recording, words, () => say(hint, ""));
  const scoring = choice("ai_scoring", words.consent.scoring, words, () => say(hint, ""));
  const asks = state.emotion_notice_version !== "";
  const emotion = asks ? choice("emotion", words.consent.emotion, words, () => say(hint, "")) : null;
  const all = [recording, scoring, ...(emotion === null ? [] : [emotion])];
  const read = (text: string): void => {
    press({ type: "read", text, language });
    stop.hidden = text === "";
  };
  const topics = [words.consent.recording, words.consent.scoring, ...(asks ? [words.consent.emotion] : [])];
  const aloud = [words.consent.title, ...words.consent.points, ...topics.flatMap((one) => [one.title, one.text, one.refused])];
  const listen = button("quiet", "volume-2", words.consent.read, () => read(aloud.map(sentence).join(" ")));
  const stop = button("quiet", "volume-x", words.consent.stop, () => {
    read("");
    listen.focus();
  });
  stop.hidden = true;
  const go = button("primary", "arrow-right", words.consent.go, () => {
    const [kept, marked] = [recording.value(), scoring.value()];
    const open = all.find((one) => one.value() === null);
    if (open !== undefined || kept === null || marked === null) {
      say(hint, asks ? words.consent.missingOne : words.consent.missing);
      open?.focus();
      return;
    }
    read("");
    press({ type: "consent", recording: kept, ai_scoring: marked, emotion: emotion?.value() ?? null });
  });
  return {
    root: h(
      "section",
      { class: "screen notice" },
      h("div", { class: "notice-head" }, h("h1", { class: "title" }, words.consent.title), listen, stop),
      h("ul", { class: "plain-points" }, ...words.consent.points.map((text) => h("li", {}, text))),
      h("div", { class: "choices" }, ...all.map((one) => one.root)),
      h(
        "div",
        { class: "go" },
        go,
        hint,
        h("p", { class: "version" }, words.consent.version([state.notice_version, state.emotion_notice_version].filter(Boolean).join(", "))),
      ),
    ),
    update() {},
  };
};

/** A title gets a full stop, so that the voice pauses behind it. */
function sentence(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}

function choice(name: string, topic: Topic, words: Messages, onChange: () => void) {
  const radio = (value: string, label: string): HTMLElement => {
    const input = h("input", { type: "radio", name, value, change: onChange });
    return h("label", { class: "option" }, input, h("span", { class: "mark" }, icon("check")), label);
  };
  const described = `${name}-refused`;
  const root = h(
    "fieldset",
    { class: "choice", "aria-describedby": described },
    h("legend", {}, topic.title),
    h("p", { class: "ask" }, topic.text),
    h("div", { class: "options" }, radio("yes", words.consent.yes), radio("no", words.consent.no)),
    h("p", { class: "refused", id: described }, topic.refused),
  );
  return {
    root,
    value(): boolean | null {
      const chosen = root.querySelector<HTMLInputElement>("input:checked");
      return chosen === null ? null : chosen.value === "yes";
    },
    focus(): void {
      root.querySelector<HTMLInputElement>("input")?.focus();
    },
  };
}
