// One room, live: the transcript grows, the caption follows the voice, the charts run.
import { announce, refresh } from "./fragments";
import { Charts, type Group } from "./charts";
import { listen } from "./channel";
import { followQuestion } from "./desk";
import type { Outbox } from "./outbox";
import { markers, roomSays } from "./markers";
import { Calibration } from "./calibration";
import { EveryChannel, type Look } from "./every";
import { Sitter } from "./sitter";
import { data, fill, isLocked, type Event, type Measure, type Readings, type Words } from "./events";

interface Start {
  code: string;
  /** Where in the live events the page was made. */
  cursor: string;
  groups: Group[];
  looks: Record<string, Look>;
  windows: { wall_ns: number; measures: Record<string, Measure> }[];
}

/** What changes in the guide by itself. Its forms are left alone: somebody may be typing. */
const PLAN = ["arrival", "plan", "told"];
/** Ends of an answer that the transcript tells. */
const ENDS = new Set(["skipped", "does_not_know", "disturbed"]);
const SPANS = new Set(["paused", "resumed", "disturbed", "confirmed"]);
/** Nothing for this long means that the room is not sending readings. */
const QUIET_MS = 3_000;
/** A caption may come this long after the last word that it shows. */
const CAPTION_LATE_MS = 1_500;

export function room(outbox: Outbox | null): void {
  const start = data<Start>("room-data");
  const words = data<Words>("words");
  const charts = new Charts(start.groups, words["not_measured"] ?? "", words["measured_share"] ?? "");
  const every = new EveryChannel(start.looks, words);
  const sitter = new Sitter(words);
  const calibration = new Calibration(words);
  start.windows.forEach((window) => {
    charts.add(window.wall_ns, window.measures, false);
    every.add(window.wall_ns, window.measures);
  });
  const clock = new PhaseClock(words);
  let over = false;
  let last = { wallNs: 0, phase: "", turn: "" };

  markers(outbox);
  followInterview();
  scrollDown(true);
  document.body.addEventListener("htmx:afterSettle", () => scrollDown(false));
  listen(`/live/rooms/${start.code}`, start.cursor, {
    onEvent(event) {
      handle(event);
    },
    onGap() {
      refresh("status", "help", ...PLAN, ...(over ? [] : ["lines", "marks", "calibration"]));
    },
    onLine(up) {
      document.body.dataset["line"] = up ? "up" : "down";
    },
  });

  function handle(event: Event): void {
    switch (event.type) {
      case "readings":
        if (event.wall_ns < last.wallNs) {
          return; // an older one overtaken on the way
        }
        if (!over && (event.phase !== last.phase || event.turn_id !== last.turn)) {
          refresh(...PLAN, ...(last.phase === "waiting" ? ["help"] : []));
        }
        document.getElementById("arrival")?.toggleAttribute("hidden", event.phase !== "waiting");
        last = { wallNs: event.wall_ns, phase: event.phase, turn: event.turn_id };
        roomSays(event.wall_ns);
        charts.add(event.wall_ns, event.measures, true);
        every.add(event.wall_ns, event.measures);
        sitter.show(event.measures);
        calibration.follow(event.calibration);
        clock.follow(event);
        return;
      case "caption":
        caption(event.stable, event.tail, event.engine, event.wall_ns);
        return;
      case "transcript":
        if (event.accepted || event.said_by === "room") {
          line(event, words);
        }
        clearCaption(event.wall_ns);
        return;
      case "turn":
        if (event.step === "asked") {
          followQuestion(event.question_id);
          line({ ...event, transcript_id: `turn-${event.turn_id}`, speaker: "AI", engine: "" }, words);
        }
        refresh(...PLAN, ...(SPANS.has(event.step) || (event.step === "ended" && ENDS.has(event.text)) ? ["lines"] : []));
        return;
      case "marks":
        if (!over) {
          refresh("marks");
        }
        return;
      case "interview":
        // What was said stays readable when the interview is over; the room has nothing left of it.
        over = event.status !== "live";
        if (over) {
          announce(words["over"] ?? "");
          refresh("status", "guide", "calibration");
        } else {
          refresh("status"); // which finds that another interview is live
        }
        return;
      case "room":
        if (isLocked(event)) {
          announce(fill(words["locked"] ?? "", { room: document.querySelector("h1")?.textContent ?? "" }));
        }
        refresh("help", "status", ...(document.getElementById("plan") === null ? ["guide"] : PLAN));
        return;
      case "report":
        refresh("status", ...(document.getElementById("plan") === null ? ["guide"] : PLAN));
        return;
      case "command":
        if (event.state === "refused" || event.state === "unknown" || event.state === "expired") {
          // A room that is not ready says after that sentence what is wrong: the page's part shows it.
          const sentence = event.detail.replace(/\. .*$/s, ".");
          const detail = words[event.detail] || words[sentence] || event.detail || event.state;
          announce(fill(words["command_failed"] ?? "", { detail }));
        }
        refresh(...PLAN);
        if (event.kind === "calibrate_gaze") {
          refresh("calibration");
        }
        return;
      case "calibration":
        refresh("calibration");
        return;
      case "help":
        if (event.step === "called") {
          announce(fill(words["help_called"] ?? "", { room: document.querySelector("h1")?.textContent ?? "" }));
        }
        refresh("help", "status");
        return;
      default:
        return;
    }
  }
}

/** Ratings and markers are of one interview: a page that was made before it began is made anew. */
function followInterview(): void {
  const live = (): string => document.getElementById("status")?.dataset["live"] ?? "";
  const made = live();
  document.body.addEventListener("htmx:afterSettle", () => {
    if (live() !== "" && live() !== made) {
      location.reload();
    }
  });
}

/** Phase and time, moving between two readings. */
class PhaseClock {
  private at = 0;
  private readings: Readings | null = null;

  constructor(private readonly words: Words) {
    setInterval(() => this.draw(), 200);
    // A part that was taken anew knows no turn: whoever presses then means the one that is shown.
    document.body.addEventListener("htmx:afterSwap", () => this.draw());
  }

  follow(readings: Readings): void {
    this.readings = readings;
    this.at = performance.now();
    this.draw();
  }

  private draw(): void {
    const phase = document.getElementById("phase");
    if (phase === null || this.readings === null) {
      return;
    }
    const since = performance.now() - this.at;
    phase.classList.toggle("stale", since > QUIET_MS);
    const seconds = Math.floor((this.readings.phase_elapsed_ms + Math.min(since, QUIET_MS)) / 1_000);
    const skips = document.getElementById("skip-turn");
    if (skips instanceof HTMLInputElement) {
      skips.value = this.readings.turn_id; // pressed twice, it skips one question
    }
    set(phase, ".name", this.words[`phase_${this.readings.phase}`] ?? this.readings.phase);
    set(phase, ".time", `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
    set(
      phase,
      ".place",
      this.readings.turn_id !== ""
        ? fill(this.words["question_of"] ?? "", {
            position: this.readings.position + 1,
            count: this.readings.question_count,
          })
        : "",
    );
    phase.classList.toggle("speaking", this.readings.speaking && since <= QUIET_MS);
  }
}

function set(root: Element, selector: string, text: string): void {
  const place = root.querySelector(selector);
  if (place !== null && place.textContent !== text) {
    place.textContent = text;
  }
}

function caption(stable: string, tail: string, engine: string, wallNs: number): void {
  const block = document.getElementById("caption");
  if (block === null) {
    return;
  }
  set(block, ".stable", stable);
  set(block, ".tail", tail);
  set(block, ".engine", engine);
  block.querySelector(".engine")?.classList.toggle("last-resort", engine.includes("last resort"));
  block.hidden = stable === "" && tail === "";
  if (!block.hidden) {
    block.dataset["wallNs"] = String(wallNs);
    block.dataset["shownMs"] = String(Date.now());
  }
  scrollDown(false);
}

/** The words of an utterance are there for good: its caption goes. One of a later utterance stays. */
function clearCaption(saidWallNs: number): void {
  const shown = Number(document.getElementById("caption")?.dataset["wallNs"] ?? 0);
  if (shown <= saidWallNs + CAPTION_LATE_MS * 1e6) {
    caption("", "", "", saidWallNs);
  }
}

interface Line {
  transcript_id: string;
  speaker: string;
  text: string;
  engine: string;
  wall_ns: number;
  began_wall_ns?: number;
  said_by?: string;
  said_by_why?: string;
}

function line(said: Line, words: Words): void {
  const lines = document.getElementById("lines");
  const template = document.querySelector<HTMLTemplateElement>("#line-template");
  if (lines === null || template === null) {
    return;
  }
  const known = [...lines.children].some((child) => (child as HTMLElement).dataset["id"] === said.transcript_id);
  const repeated = lines.lastElementChild?.querySelector(".text")?.textContent === said.text;
  if (known || (repeated && said.speaker === "AI")) {
    return;
  }
  const item = template.content.firstElementChild?.cloneNode(true) as HTMLElement;
  const at = new Date((said.began_wall_ns || said.wall_ns) / 1e6);
  item.dataset["id"] = said.transcript_id;
  item.dataset["wallNs"] = String(said.wall_ns);
  item.dataset["shownMs"] = String(Date.now());
  item.classList.add(said.speaker.toLowerCase());
  set(item, ".speaker", words[`speaker_${said.speaker.toLowerCase()}`] ?? said.speaker);
  set(item, "time", at.toTimeString().slice(0, 8));
  set(item, ".text", said.text);
  if (said.said_by_why) {
    const who = said.said_by || "unknown";
    set(item, ".said-by", words[`said_by_${who}`] ?? who);
    item.querySelector(".said-by")?.classList.add(who);
    item.querySelector(".said-by")?.removeAttribute("hidden");
  }
  set(item, ".engine", said.engine === "typed" ? (words["typed"] ?? said.engine) : said.engine);
  item.querySelector(".engine")?.classList.toggle("last-resort", said.engine.includes("last resort"));
  hearable(item, said);
  document.getElementById("no-lines")?.remove();
  item.dataset["atMs"] = String(at.getTime());
  // A sentence is read seconds after it was said; it still stands where it was said.
  const later = [...lines.children].find((child) => Number((child as HTMLElement).dataset["atMs"]) > at.getTime());
  lines.insertBefore(item, later ?? null);
  scrollDown(false);
}

/** What was typed has no sound. */
function hearable(item: HTMLElement, said: Line): void {
  const button = item.querySelector<HTMLButtonElement>(".hear");
  if (button !== null && said.engine === "typed") {
    button.remove();
  } else if (button !== null) {
    button.dataset["heard"] = said.transcript_id;
    button.id = `hear-${said.transcript_id}`;
    button.hidden = false;
  }
}

/** Follows the newest line unless the reader has scrolled up. */
function scrollDown(always: boolean): void {
  const box = document.getElementById("transcript");
  if (box !== null && (always || box.scrollHeight - box.scrollTop - box.clientHeight < 160)) {
    box.scrollTop = box.scrollHeight;
  }
}
