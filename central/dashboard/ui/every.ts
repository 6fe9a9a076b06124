// Every channel right now: value, the last two minutes, and how much of it was measured, or why not.
import { fill, type Measure, type Words } from "./events";
import { calmly, Drawn, put, say } from "./frame";
import { why } from "./why";

export interface Look {
  unit: string;
  digits: number;
  low: number;
  high: number;
}

const SPAN_NS = 120e9;
const MOST = 240;
/** A point of a trend each: more of them would be drawn over each other. */
const EVERY_NS = 0.5e9;
const SILENCE_NS = 2.5e9;
const TREND_MS = 1_000;

interface Row {
  name: string;
  look: Look;
  value: HTMLElement;
  reason: HTMLElement;
  fill: Element;
  canvas: HTMLCanvasElement;
  times: number[];
  values: (number | null)[];
}

export class EveryChannel {
  private readonly rows: Row[];
  private readonly table = document.getElementById("every") as HTMLDetailsElement | null;
  private readonly numbers: Drawn<Record<string, Measure>>;

  constructor(
    looks: Record<string, Look>,
    private readonly words: Words,
  ) {
    this.rows = [...document.querySelectorAll<HTMLElement>("#every [data-channel]")].flatMap((row) => made(row, looks));
    this.numbers = new Drawn((measures) => this.tell(measures), calmly(200));
    setInterval(() => this.trends(), TREND_MS);
    this.table?.addEventListener("toggle", () => this.trends());
  }

  add(wallNs: number, measures: Record<string, Measure>): void {
    for (const row of this.rows) {
      const last = row.times.at(-1) ?? Number.NEGATIVE_INFINITY;
      if (wallNs - last < EVERY_NS) {
        continue;
      }
      if (wallNs - last > SILENCE_NS && row.times.length > 0) {
        row.times.push(last + 1);
        row.values.push(null);
      }
      row.times.push(wallNs);
      row.values.push(measures[row.name]?.[0] ?? null);
      const drop = row.times.length - MOST;
      if (drop > 0) {
        row.times.splice(0, drop);
        row.values.splice(0, drop);
      }
    }
    if (this.table?.open) {
      this.numbers.show(measures);
    }
  }

  private tell(measures: Record<string, Measure>): void {
    for (const row of this.rows) {
      const [value, share] = measures[row.name] ?? [null, 0];
      say(row.value, value === null ? "–" : `${written(value, row.look.digits)}${row.look.unit}`);
      row.value.classList.toggle("unmeasured", value === null);
      put(row.fill, "width", String(Math.round(share * 100)));
      const reason = value === null ? (this.words[why(row.name, measures)] ?? "") : `${Math.round(share * 100)}%`;
      say(row.reason, value === null ? reason : fill("{share}", { share: reason }));
    }
  }

  private trends(): void {
    if (!this.table?.open || document.hidden) {
      return;
    }
    const ink = getComputedStyle(this.table).getPropertyValue("--trend-ink") || "currentColor";
    for (const row of this.rows) {
      trend(row, ink);
    }
  }
}

function made(row: HTMLElement, looks: Record<string, Look>): Row[] {
  const name = row.dataset["channel"] ?? "";
  const [value, reason, bar, canvas] = [
    row.querySelector<HTMLElement>(".value"),
    row.querySelector<HTMLElement>(".why"),
    row.querySelector(".cover .fill"),
    row.querySelector("canvas"),
  ];
  const look = looks[name];
  if (look === undefined || value === null || reason === null || bar === null || canvas === null) {
    return [];
  }
  return [{ name, look, value, reason, fill: bar, canvas, times: [], values: [] }];
}

function trend({ canvas, times, values, look }: Row, ink: string): void {
  const context = canvas.getContext("2d");
  const last = times.at(-1);
  if (context === null) {
    return;
  }
  context.clearRect(0, 0, canvas.width, canvas.height);
  if (last === undefined) {
    return;
  }
  context.strokeStyle = ink;
  context.lineWidth = 1.5;
  context.beginPath();
  let down = false;
  values.forEach((value, index) => {
    const x = canvas.width * (1 - (last - (times[index] ?? last)) / SPAN_NS);
    if (value === null || x < 0) {
      down = false;
      return;
    }
    const share = Math.min(Math.max((value - look.low) / (look.high - look.low), 0), 1);
    const y = 1.5 + (canvas.height - 3) * (1 - share);
    if (down) {
      context.lineTo(x, y);
    } else {
      context.moveTo(x, y);
    }
    down = true;
  });
  context.stroke();
}

function written(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "\u2212");
}
