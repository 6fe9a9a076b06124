// Two questions at the end, 1 to 5 each; nobody has to answer them.
import { button, h, say } from "./dom";
import type { Context } from "./screen";
import type { State } from "./state";

const SCALE = [1, 2, 3, 4, 5] as const;

export function survey({ words, press }: Context) {
  const ease = scale("ease", words.survey.ease, words.survey.easeEnds);
  const fairness = scale("fairness", words.survey.fairness, words.survey.fairnessEnds);
  const told = h("p", { class: "hint", role: "status" });
  const send = button("quiet", "check", words.survey.send, () => {
    const [first, second] = [ease.value(), fairness.value()];
    if (first === null || second === null) {
      say(told, words.survey.missing);
      return;
    }
    press({ type: "survey", ease: first, fairness: second });
  });
  const asked = h("div", { class: "asked-at-end" }, ease.root, fairness.root, h("div", { class: "row" }, send, told));
  const thanks = h("p", { class: "lead", role: "status" });
  return {
    root: h(
      "section",
      { class: "survey", "aria-labelledby": "survey-title" },
      h("h2", { id: "survey-title" }, words.survey.title),
      h("p", { class: "hint" }, words.survey.lead),
      asked,
      thanks,
    ),
    update({ surveyed }: State): void {
      asked.hidden = surveyed;
      say(thanks, surveyed ? words.survey.thanks : "");
    },
  };
}

function scale(name: string, label: string, [low, high]: readonly [string, string]) {
  const root = h("fieldset", { class: "scale" }, h("legend", {}, label));
  const options = SCALE.map((value) => {
    const input = h("input", { type: "radio", name, value: String(value) });
    const ends = value === 1 ? low : value === 5 ? high : "";
    return h("label", { class: "option" }, input, h("strong", {}, String(value)), ends === "" ? null : h("span", {}, ends));
  });
  root.append(h("div", { class: "five" }, ...options));
  return {
    root,
    value(): number | null {
      const chosen = root.querySelector<HTMLInputElement>("input:checked");
      return chosen === null ? null : Number(chosen.value);
    },
  };
}
