// A quote plays its sound: its stretch of the answer's, in the player that stands under the answer.

const END_MS = 40; // a player tells the time a few times a second: this is near enough

interface Extract {
  button: HTMLButtonElement;
  player: HTMLAudioElement;
  fromS: number;
  toS: number;
}

let playing: Extract | undefined;

export function playQuotes(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-play]")) {
    const player = document.getElementById(button.dataset["play"] ?? "");
    if (!(player instanceof HTMLAudioElement)) {
      continue;
    }
    const fromS = Number(button.dataset["from"]) / 1000;
    const toS = Number(button.dataset["to"]) / 1000;
    button.hidden = false;
    button.addEventListener("click", () => toggle({ button, player, fromS, toS }));
  }
  for (const player of document.querySelectorAll<HTMLAudioElement>("audio[id]")) {
    player.addEventListener("timeupdate", () => stopAtEnd(player));
    player.addEventListener("pause", () => {
      if (player.paused) {
        show(undefined, player); // the event comes late: another quote may be playing already
      }
    });
    player.addEventListener("error", () => problem(player, true));
    player.addEventListener("playing", () => problem(player, false));
  }
}

function toggle(extract: Extract): void {
  if (playing?.button === extract.button) {
    extract.player.pause();
    return;
  }
  playing?.player.pause();
  const { player } = extract;
  if (player.error !== null) {
    player.load(); // it failed before: ask anew
  }
  player.currentTime = extract.fromS;
  show(extract, player);
  player.play().catch(() => show(undefined, player));
}

function stopAtEnd(player: HTMLAudioElement): void {
  if (playing?.player === player && player.currentTime >= playing.toS - END_MS / 1000) {
    player.pause();
  }
}

function show(extract: Extract | undefined, player: HTMLAudioElement): void {
  if (playing !== undefined && (extract !== undefined || playing.player === player)) {
    playing.button.setAttribute("aria-pressed", "false");
    playing = undefined;
  }
  if (extract !== undefined) {
    extract.button.setAttribute("aria-pressed", "true");
    playing = extract;
  }
}

function problem(player: HTMLAudioElement, there: boolean): void {
  const text = document.getElementById(`${player.id}-problem`);
  if (text !== null) {
    text.hidden = !there;
  }
}
