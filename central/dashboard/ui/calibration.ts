// A calibration that goes on: which point, how well each was seen, where the looks fell. The server draws
// the screen and its points, and what came of it; this moves them.
import { fill, type CalibrationPoint, type CalibrationProgress, type Words } from "./events";
import { calmly, Drawn, put, say } from "./frame";
import { refresh } from "./fragments";

const WIDTH = 160;
const HEIGHT = 90;
const BESIDE = 18;
const RUNNING = new Set(["read", "point", "head", "check", "done"]);
/** Frames of use that a point needs (edge_agent/gaze/course.py). */
const LEAST_FRAMES = 8;
/** The server may draw what was a moment ago: it is asked again after this. */
const AGAIN_MS = 1_500;

export class Calibration {
  private readonly drawn: Drawn<CalibrationProgress>;
  private asked = { group: "", atMs: Number.NEGATIVE_INFINITY };

  constructor(private readonly words: Words) {
    this.drawn = new Drawn((progress) => this.draw(progress), calmly(100));
    document.body.addEventListener("htmx:afterSwap", (event) => keepFocus(event));
  }

  follow(progress: CalibrationProgress | null): void {
    const drawn = section()?.dataset["state"] ?? "";
    const [group, nowMs] = [groupOf(progress), performance.now()];
    const late = group !== this.asked.group || nowMs - this.asked.atMs > AGAIN_MS;
    if (group !== (ON.has(drawn) ? drawn : "") && late) {
      this.asked = { group, atMs: nowMs };
      refresh("calibration"); // other buttons, another picture
    }
    if (progress !== null) {
      this.drawn.show(progress);
    }
  }

  private draw(progress: CalibrationProgress): void {
    const place = section();
    if (place === null || place.dataset["state"] !== groupOf(progress)) {
      return; // the server is about to draw it
    }
    if (groupOf(progress) === "running") {
      this.tell(place, progress);
    }
    const counts = place.querySelector(".counts");
    if (counts !== null) {
      say(counts, this.counts(progress));
    }
    const points = new Map(progress.points.map((point) => [point.name, point]));
    for (const target of place.querySelectorAll<SVGGElement>("[data-point]")) {
      const name = target.dataset["point"] ?? "";
      const now = name === progress.name || (progress.name === "head" && name === "center");
      target.classList.toggle("now", now && RUNNING.has(progress.stage));
      move(target, points.get(name));
    }
    for (const row of place.querySelectorAll<HTMLElement>("[data-row]")) {
      this.row(row, points.get(row.dataset["row"] ?? ""));
    }
  }

  private tell(place: HTMLElement, progress: CalibrationProgress): void {
    const now = place.querySelector(".stage .now");
    if (now !== null) {
      const number = Math.max(progress.stage === "check" ? progress.position - 6 : progress.position, 1);
      const unseen = progress.seen ? "" : ` ${this.words["cal_unseen"] ?? ""}`;
      say(now, fill(this.words[`cal_${progress.stage}`] ?? "", { number }) + unseen);
    }
  }

  private counts(progress: CalibrationProgress): string {
    const parts = [];
    if (progress.attempt > 1) {
      parts.push(fill(this.words["cal_attempt"] ?? "", { attempt: progress.attempt }));
    }
    if (progress.stage !== "waiting" && progress.stage !== "done") {
      parts.push(fill(this.words["cal_left"] ?? "", { seconds: Math.ceil(progress.left_ms / 1_000) }));
    }
    if (progress.missed > 0) {
      parts.push(fill(this.words["cal_missed"] ?? "", { count: progress.missed }));
    }
    return parts.join(" · ");
  }

  private row(row: HTMLElement, point: CalibrationPoint | undefined): void {
    const [frames, spread] = [row.querySelector(".frames"), row.querySelector(".spread")];
    if (frames !== null) {
      const { kept, frames: all } = point ?? { kept: 0, frames: 0 };
      say(frames, point ? fill(this.words["cal_frames"] ?? "", { kept, frames: all }) : "–");
    }
    if (spread !== null) {
      const known = point?.spread_deg ?? null;
      say(spread, known === null ? "–" : `${known.toFixed(1)}°`);
    }
  }
}

const ON = new Set(["waiting", "offered", "running"]);

function groupOf(progress: CalibrationProgress | null): string {
  if (progress === null) {
    return "";
  }
  return RUNNING.has(progress.stage) ? "running" : progress.stage;
}

function section(): HTMLElement | null {
  return document.getElementById("calibration");
}

function move(target: SVGGElement, point: CalibrationPoint | undefined): void {
  target.classList.toggle("seen", (point?.kept ?? 0) >= LEAST_FRAMES);
  target.classList.toggle("looked", point?.look != null);
  if (point?.look == null) {
    return;
  }
  const x = near(point.look[0] * WIDTH, WIDTH);
  const y = near(point.look[1] * HEIGHT, HEIGHT);
  const [look, off] = [target.querySelector(".look"), target.querySelector(".off")];
  if (look !== null && off !== null) {
    put(look, "cx", x);
    put(look, "cy", y);
    put(off, "x2", x);
    put(off, "y2", y);
  }
}

function near(place: number, size: number): string {
  return Math.min(Math.max(place, -BESIDE), size + BESIDE).toFixed(1);
}

/** A button that was pressed is gone after the swap: the heading takes the focus, not the page's top. */
function keepFocus(swapped: globalThis.Event): void {
  const target = (swapped as CustomEvent<{ target?: Element }>).detail.target;
  if (target?.id === "calibration" && pressed && document.activeElement === document.body) {
    section()?.querySelector<HTMLElement>("h2")?.focus();
  }
}

let pressed = false;
document.addEventListener("submit", (event) => {
  pressed = (event.target as Element).closest("#calibration") !== null;
});
