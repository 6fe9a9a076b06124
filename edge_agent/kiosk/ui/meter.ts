import { h, icon, say } from "./dom";
import type { Messages } from "./messages";
import type { State } from "./state";

const CELLS = 16;
const FLOOR_DBFS = -54;
const CEILING_DBFS = -6;

/** How loud it is, in cells and in a word. */
export function meter(words: Messages) {
  const cells = Array.from({ length: CELLS }, () => h("i"));
  const word = h("span", { class: "word" });
  return {
    root: h("div", { class: "meter" }, icon("mic"), h("span", { class: "cells", "aria-hidden": "true" }, ...cells), word),
    update({ level_dbfs: level, speaking }: State): void {
      const share = level === null ? 0 : (level - FLOOR_DBFS) / (CEILING_DBFS - FLOOR_DBFS);
      const lit = Math.round(Math.min(1, Math.max(0, share)) * CELLS);
      cells.forEach((cell, index) => cell.classList.toggle("lit", index < lit));
      say(word, level === null ? words.question.noLevel : speaking ? words.question.hearing : words.question.quiet);
    },
  };
}
