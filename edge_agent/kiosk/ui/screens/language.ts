import { h } from "../dom";
import { MESSAGES } from "../messages";
import type { Mount } from "../screen";
import type { Language } from "../state";

const LANGUAGES: readonly Language[] = ["ko", "en"];

/** One large button for each, in its own words: whoever reads only one of them reads that. */
export const language: Mount = ({ choose }, state) => {
  const buttons = LANGUAGES.map((name) =>
    h(
      "button",
      { type: "button", class: "button tongue-choice", lang: name, click: () => choose(name) },
      h("span", { class: "name" }, MESSAGES[name].language.name),
      h("span", { class: "what" }, MESSAGES[name].language.lead),
    ),
  );
  const planned = Math.max(0, LANGUAGES.indexOf(state.language));
  return {
    root: h(
      "section",
      { class: "screen language" },
      h(
        "h1",
        { class: "title" },
        ...LANGUAGES.map((name) => h("span", { lang: name }, MESSAGES[name].language.title)),
      ),
      h("div", { class: "tongues" }, ...buttons),
    ),
    ...(buttons[planned] === undefined ? {} : { focus: buttons[planned] }),
    update() {},
  };
};
