// A quote or a sentence plays its sound: its stretch of an answer's, in the player that the button names. A
// quote's stretch stands in the page; where a sentence is heard is asked when it is pressed, because the
// sound of an answer grows while the candidate speaks.
import { announce } from "./fragments";

const END_MS = 40; // a player tells the time a few times a second: this is near enough
const TIMEOUT_MS = 10_000;

interface Stretch {
  fromS: number;
  toS: number;
}

/** What was pressed last. `stretch`: null until it is known where it is heard. */
let playing: { key: string; player: HTMLAudioElement; stretch: Stretch | null } | undefined;

export function playQuotes(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[data-play]");
    if (button !== null) {
      void press(button);
    }
  });
  const heard = (name: string, act: (player: HTMLAudioElement) => void): void =>
    document.addEventListener(name, (event) => event.target instanceof HTMLAudioElement && act(event.target), true);
  heard("timeupdate", stopAtEnd);
  heard("pause", (player) => {
    // The event comes late: another quote may be playing already, or be asked for.
    if (player.paused && playing?.player === player && playing.stretch !== null) {
      show(undefined);
    }
  });
  heard("error", (player) => {
    show(undefined);
    problem(player, true);
  });
  heard("playing", (player) => problem(player, false));
  document.body.addEventListener("htmx:afterSettle", draw);
  draw();
}

async function press(button: HTMLButtonElement): Promise<void> {
  const key = keyOf(button);
  const player = document.getElementById(button.dataset["play"] ?? "");
  const before = playing;
  before?.player.pause();
  if (before?.key === key || !(player instanceof HTMLAudioElement)) {
    show(undefined);
    return;
  }
  show({ key, player, stretch: null });
  const stretch = await find(button, player).catch(() => null);
  if (playing?.key !== key || playing.stretch !== null) {
    return; // meanwhile another was pressed, or this one again
  }
  if (stretch === null) {
    show(undefined);
    problem(player, true);
    return;
  }
  playing.stretch = stretch;
  if (player.error !== null) {
    player.load(); // it failed before: ask anew
  }
  player.currentTime = stretch.fromS;
  player.play().catch(() => playing?.key === key && show(undefined));
}

async function find(button: HTMLButtonElement, player: HTMLAudioElement): Promise<Stretch> {
  const { heard, from, to } = button.dataset;
  if (heard === undefined) {
    return { fromS: Number(from) / 1000, toS: Number(to) / 1000 };
  }
  const answer = await fetch(`/desk/transcripts/${heard}/sound`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!answer.ok) {
    throw new Error(String(answer.status));
  }
  const at = (await answer.json()) as { turn_id: string; begin_ms: number; end_ms: number; utterances: number };
  const source = `/turns/${at.turn_id}/audio?utterances=${at.utterances}`; // what has grown is another file
  if (player.getAttribute("src") !== source) {
    player.src = source;
  }
  return { fromS: at.begin_ms / 1000, toS: at.end_ms / 1000 };
}

function keyOf(button: HTMLButtonElement): string {
  const { play, heard, from, to } = button.dataset;
  return `${play} ${heard ?? `${from} ${to}`}`;
}

function stopAtEnd(player: HTMLAudioElement): void {
  const stretch = playing?.player === player ? playing.stretch : null;
  if (stretch !== null && stretch !== undefined && player.currentTime >= stretch.toS - END_MS / 1000) {
    player.pause();
  }
}

function show(now: typeof playing): void {
  playing = now;
  draw();
}

/** The buttons as they stand: those that were fetched anew too. */
function draw(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-play]")) {
    button.hidden = false;
    button.setAttribute("aria-pressed", String(playing?.key === keyOf(button)));
  }
}

function problem(player: HTMLAudioElement, there: boolean): void {
  const text = document.getElementById(`${player.id}-problem`);
  if (text !== null) {
    text.hidden = !there;
  } else if (there) {
    announce(player.dataset["problem"] ?? "");
  }
}
