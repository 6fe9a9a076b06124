// The six characters of the candidate's code: by the keys on the screen, by a keyboard, or as a QR code
// before the camera.
import { button, h, icon, say } from "../dom";
import type { Mount } from "../screen";

/** As `ALPHABET` in central/interview/check_in.py. */
const ALPHABET = "ACDEFGHJKMNPQRTVWXY34679";
const LENGTH = 6;

/** The agent forgets after 4 s that a QR code is looked for. */
const SCAN_EVERY_MS = 1_500;

/** No name is shown: nobody knows yet who sits here. */
export const checkIn: Mount = ({ words, press }, first) => {
  let typed = "";
  let left = first.check_in?.tries_left ?? 0;
  let scanned = 0;

  const cells = Array.from({ length: LENGTH }, () => h("i"));
  const spoken = h("span", { class: "unseen", role: "status" });
  const told = h("p", { class: "told", role: "alert" });
  const type = (letter: string): void => {
    if (typed.length < LENGTH && left > 0) {
      typed += letter;
      draw();
      if (typed.length === LENGTH) {
        press({ type: "check_in", code: typed });
      }
    }
  };
  const back = (): void => {
    typed = typed.slice(0, -1);
    draw();
  };
  const key = (letter: string): HTMLButtonElement =>
    h("button", { type: "button", class: "button quiet key", click: () => type(letter) }, letter);
  const keys = [...ALPHABET].map(key);
  const erase = button("quiet", "delete", words.checkIn.erase, back);
  const pad = h("div", { class: "pad", role: "group", "aria-label": words.checkIn.keys }, ...keys);
  const staff = h(
    "div",
    { class: "ask-staff", role: "alert" },
    h("h1", { class: "title" }, words.checkIn.askStaff),
    h("p", { class: "lead" }, words.checkIn.letIn),
  );
  const shown = h(
    "div",
    { class: "shown" },
    h("h1", { class: "title" }, words.checkIn.title),
    h("p", { class: "lead" }, words.checkIn.lead),
    h("div", { class: "cells", "aria-hidden": "true" }, ...cells),
    spoken,
    told,
    h("p", { class: "or" }, icon("qr-code"), h("span", {}, words.checkIn.qr)),
  );
  const entry = h("div", { class: "entry" }, pad, erase);
  const root = h(
    "section",
    { class: "screen check-in-screen", tabindex: "-1" },
    shown,
    entry,
    staff,
  );

  function draw(): void {
    cells.forEach((cell, index) => {
      say(cell, typed[index] ?? "");
      cell.classList.toggle("next", index === typed.length);
    });
    say(spoken, typed === "" ? "" : words.checkIn.typed([...typed].join(" ")));
  }
  draw();

  root.addEventListener("keydown", (event) => {
    const letter = event.key.toUpperCase();
    if (event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    if (letter.length === 1 && ALPHABET.includes(letter)) {
      type(letter);
    } else if (event.key === "Backspace") {
      back();
    } else if (letter.length === 1 && letter !== " ") {
      say(told, words.checkIn.noSuchKey(letter));
    }
  });

  return {
    root,
    focus: root,
    update(state) {
      const now = state.check_in;
      if (now === null) {
        return;
      }
      if (now.tries_left !== left) {
        left = now.tries_left;
        typed = "";
        draw();
        say(told, left > 0 ? words.checkIn.wrong(left) : "");
      }
      root.classList.toggle("locked", left === 0);
      for (const one of [shown, entry]) {
        one.hidden = left === 0;
      }
      staff.hidden = left > 0;
      if (left > 0 && performance.now() - scanned >= SCAN_EVERY_MS) {
        scanned = performance.now();
        press({ type: "scan" });
      }
    },
  };
};
