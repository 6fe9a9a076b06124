import { button, h, icon, say } from "../dom";
import { kept } from "../kept";
import type { Messages } from "../messages";
import type { Context, Mount } from "../screen";
import type { State } from "../state";

type Topic = { title: string; text: string; refused: string };
/** What of it is on the screen. `quiet` ends the reading aloud. */
type Page = { parts: HTMLElement[]; quiet(): void };

/** The notice in plain words, then separate choices, each on a screen of its own so that neither has to be
 * scrolled; nothing is chosen beforehand, and what was chosen stays while the notice is read again. */
export const consent: Mount = (context, state) => {
  const root = h("section", { class: "screen notice", tabindex: "-1" });
  const show = (page: Page): void => {
    root.replaceChildren(...page.parts);
    root.focus({ preventScroll: true });
  };
  const notice = told(context, state, () => show(choices));
  const choices = asked(context, state, () => show(notice));
  root.replaceChildren(...notice.parts);
  return { root, update() {} };
};

function told(context: Context, state: State, next: () => void): Page {
  const { words } = context;
  const points = [...words.consent.points, kept(context, state.kept)];
  const { head, quiet } = heading(context, words.consent.title, points);
  const go = button("primary", "arrow-right", words.consent.go, () => {
    quiet();
    next();
  });
  const list = h("ul", { class: "plain-points" }, ...points.map((text) => h("li", {}, text)));
  return { parts: [head, list, h("div", { class: "go" }, go, version(words, state.notice_version))], quiet };
}

/** The third choice is asked for only where the interview's policy allows what it is about. */
function asked(context: Context, state: State, before: () => void): Page {
  const { words, press } = context;
  const hint = h("p", { class: "hint", role: "status" });
  const recording = choice("recording", words.consent.recording, words, () => say(hint, ""));
  const scoring = choice("ai_scoring", words.consent.scoring, words, () => say(hint, ""));
  const asks = state.emotion_notice_version !== "";
  const emotion = asks ? choice("emotion", words.consent.emotion, words, () => say(hint, "")) : null;
  const all = [recording, scoring, ...(emotion === null ? [] : [emotion])];
  const topics = [words.consent.recording, words.consent.scoring, ...(asks ? [words.consent.emotion] : [])];
  const texts = topics.flatMap((one) => [one.title, one.text, one.refused]);
  const { head, quiet } = heading(context, words.consent.choose, texts);
  const back = button("quiet", "info", words.consent.back, () => {
    quiet();
    before();
  });
  const go = button("primary", "arrow-right", words.consent.go, () => {
    const [kept, marked] = [recording.value(), scoring.value()];
    const open = all.find((one) => one.value() === null);
    if (open !== undefined || kept === null || marked === null) {
      say(hint, asks ? words.consent.missingOne : words.consent.missing);
      open?.focus();
      return;
    }
    quiet();
    press({ type: "consent", recording: kept, ai_scoring: marked, emotion: emotion?.value() ?? null });
  });
  const choices = h("div", { class: "choices" }, ...all.map((one) => one.root));
  const foot = h("div", { class: "go" }, go, back, hint, asks ? version(words, state.emotion_notice_version) : null);
  return { parts: [head, choices, foot], quiet };
}

/** A title with the buttons that read it and `texts` aloud. */
function heading({ words, press, language }: Context, title: string, texts: string[]) {
  const read = (text: string): void => {
    press({ type: "read", text, language });
    stop.hidden = text === "";
  };
  const listen = button("quiet", "volume-2", words.consent.read, () => read([title, ...texts].map(sentence).join(" ")));
  const stop = button("quiet", "volume-x", words.consent.stop, () => {
    read("");
    listen.focus();
  });
  stop.hidden = true;
  return {
    head: h("div", { class: "notice-head" }, h("h1", { class: "title" }, title), listen, stop),
    quiet(): void {
      if (!stop.hidden) {
        read("");
      }
    },
  };
}

function version(words: Messages, shown: string): HTMLElement {
  return h("p", { class: "version" }, words.consent.version(shown));
}

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
