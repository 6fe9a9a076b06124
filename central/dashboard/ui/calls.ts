// A sound when somebody calls a person: off until it is switched on, and remembered in this browser.
const KEY = "call-sound";
const TONES_HZ = [660, 880] as const;
const TONE_S = 0.18;
const LOUDNESS = 0.15;

export interface CallSound {
  ring(): void;
}

export function callSound(): CallSound {
  const button = document.getElementById("call-sound");
  let on = localStorage.getItem(KEY) === "on";
  const show = (): void => button?.setAttribute("aria-pressed", String(on));
  show();
  if (button !== null) {
    button.hidden = false;
  }
  button?.addEventListener("click", () => {
    on = !on;
    localStorage.setItem(KEY, on ? "on" : "off");
    show();
    if (on) {
      play(); // so that one knows what it sounds like, and the browser allows the next
    }
  });
  return {
    ring(): void {
      if (on) {
        play();
      }
    },
  };
}

function play(): void {
  const context = new AudioContext();
  const gain = context.createGain();
  gain.gain.value = LOUDNESS;
  gain.connect(context.destination);
  TONES_HZ.forEach((hz, index) => {
    const tone = context.createOscillator();
    tone.frequency.value = hz;
    tone.connect(gain);
    tone.start(context.currentTime + index * TONE_S);
    tone.stop(context.currentTime + (index + 1) * TONE_S);
  });
  window.setTimeout(() => void context.close(), 1_000);
}
