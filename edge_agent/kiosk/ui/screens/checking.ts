// Camera, microphone and loudspeaker, each tried by the candidate; each fault says what to do.
import { button, h, icon, say } from "../dom";
import { meter } from "../meter";
import type { Messages } from "../messages";
import type { Context, Mount } from "../screen";
import type { State } from "../state";
import { volume } from "../volume";

const NEXT_PICTURE_MS = 200;
/** No picture for so long is told. */
const AWAY_MS = 3_000;

export const checking: Mount = (context) => {
  const { words, press } = context;
  const seen = camera(words);
  const heard = microphone(words);
  const spoken = loudspeaker(context);
  const go = button("primary", "arrow-right", words.checking.go, () => press({ type: "tried" }));
  go.classList.add("large");
  return {
    root: h(
      "section",
      { class: "screen checking" },
      h("h1", { class: "title" }, words.checking.title),
      h("p", { class: "lead" }, words.checking.lead),
      h("div", { class: "devices" }, seen.root, h("div", { class: "sounds" }, heard.root, spoken.root)),
      h("div", { class: "go" }, go, h("p", { class: "hint" }, words.checking.hint)),
    ),
    focus: spoken.focus,
    update(state) {
      seen.update();
      heard.update(state);
      spoken.update(state);
    },
  };
};

/** One picture after the other, while this screen is on the page. */
function camera(words: Messages) {
  const token = new URLSearchParams(location.search).get("token") ?? "";
  const picture = h("img", { alt: words.checking.camera.picture, hidden: true });
  const told = h("p", { class: "told", role: "status" }, words.checking.camera.waiting);
  const root = h("section", { class: "device camera" }, h("h2", {}, icon("video"), words.checking.camera.title), h("div", { class: "mirror" }, picture), told);
  let arrived = performance.now();
  let number = 0;
  const next = (): void => {
    if (root.isConnected || number === 0) {
      number += 1;
      picture.src = `camera?token=${encodeURIComponent(token)}&n=${number}`;
    }
  };
  picture.addEventListener("load", () => {
    arrived = performance.now();
    picture.hidden = false;
    setTimeout(next, NEXT_PICTURE_MS);
  });
  picture.addEventListener("error", () => setTimeout(next, NEXT_PICTURE_MS));
  next();
  return {
    root,
    update(): void {
      const away = performance.now() - arrived > AWAY_MS;
      picture.hidden = picture.hidden || away;
      root.classList.toggle("fault", away);
      say(told, away ? words.checking.camera.away : picture.hidden ? words.checking.camera.waiting : words.checking.camera.seen);
    },
  };
}

function microphone(words: Messages) {
  const level = meter(words);
  const told = h("p", { class: "told", role: "status" }, words.checking.microphone.ask);
  const root = h("section", { class: "device" }, h("h2", {}, icon("mic"), words.checking.microphone.title), level.root, told);
  const began = performance.now();
  let heard = false;
  return {
    root,
    update(state: State): void {
      level.update(state);
      heard = heard || state.speaking;
      const dead = state.level_dbfs === null && performance.now() - began > AWAY_MS;
      root.classList.toggle("fault", dead && !heard);
      root.classList.toggle("good", heard);
      say(told, heard ? words.checking.microphone.heard : dead ? words.checking.microphone.away : words.checking.microphone.ask);
    },
  };
}

/** The room says a sentence; only the candidate knows whether it was heard. */
function loudspeaker({ words, press }: Context) {
  const told = h("p", { class: "told", role: "status" }, words.checking.speaker.ask);
  const play = button("quiet", "volume-2", words.checking.speaker.play, () => {
    press({ type: "sentence" });
    answers.hidden = false;
    say(told, words.checking.speaker.question);
  });
  const yes = button("quiet", "check", words.checking.speaker.yes, () => answer(true));
  const no = button("quiet", "volume-x", words.checking.speaker.no, () => answer(false));
  const answers = h("div", { class: "row", hidden: true }, yes, no);
  const loudness = volume(words, (percent) => press({ type: "volume", percent }));
  const root = h(
    "section",
    { class: "device" },
    h("h2", {}, icon("volume-2"), words.checking.speaker.title),
    h("div", { class: "row" }, play, loudness.root),
    told,
    answers,
  );
  function answer(well: boolean): void {
    answers.hidden = true;
    root.classList.toggle("good", well);
    root.classList.toggle("fault", !well);
    say(told, well ? words.checking.speaker.heard : words.checking.speaker.unheard);
    play.focus();
  }
  return {
    root,
    focus: play,
    update(state: State): void {
      loudness.update(state);
    },
  };
}
