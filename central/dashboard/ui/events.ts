// Live events, as `central/bus/events.py` describes them.

export type Measure = [value: number | null, coverage: number];

export interface CalibrationPoint {
  name: string;
  frames: number;
  kept: number;
  spread_deg: number | null;
  /** Where the looks fell before any correction: ratios of the screen. */
  look: [number, number] | null;
}

export interface CalibrationProgress {
  stage: "waiting" | "offered" | "read" | "point" | "head" | "check" | "done";
  name: string;
  position: number;
  count: number;
  attempt: number;
  seen: boolean;
  left_ms: number;
  missed: number;
  points: CalibrationPoint[];
}

export interface Readings {
  type: "readings";
  room: string;
  interview_id: string;
  wall_ns: number;
  phase: string;
  turn_id: string;
  question_id: string;
  /** From 0; counts only where there is a turn. */
  position: number;
  question_count: number;
  phase_elapsed_ms: number;
  speaking: boolean;
  measures: Record<string, Measure>;
  calibration: CalibrationProgress | null;
}

export interface Mark {
  criterion: string;
  label: string;
  level: number | null;
  quotes: string[];
  abstained_reason: string | null;
}

export type Event =
  | Readings
  | { type: "room"; room: string; connected: boolean; faults: string[] }
  | {
      type: "caption";
      room: string;
      interview_id: string;
      turn_id: string;
      stable: string;
      tail: string;
      engine: string;
      wall_ns: number;
    }
  | {
      type: "transcript";
      room: string;
      interview_id: string;
      turn_id: string;
      transcript_id: string;
      speaker: string;
      text: string;
      engine: string;
      accepted: boolean;
      wall_ns: number;
      began_wall_ns: number;
      said_by?: string;
      said_by_why?: string;
    }
  | {
      type: "turn";
      room: string;
      interview_id: string;
      turn_id: string;
      question_id: string;
      position: number;
      step: string;
      text: string;
      wall_ns: number;
    }
  | { type: "interview"; room: string; interview_id: string; status: string }
  | { type: "marks"; room: string; interview_id: string; turn_id: string; evaluator: string; marks: Mark[] }
  | { type: "report"; room: string; interview_id: string }
  | { type: "command"; room: string; command_id: string; kind: string; state: string; detail: string }
  | { type: "calibration"; room: string; interview_id: string; outcome: string }
  | { type: "help"; room: string; step: string }
  | { type: "notice"; room: string; text: string }
  | { type: "cursor"; cursor: string }
  | { type: "reload" };

/** Whether the room says that its check-in takes no more codes: a candidate waits for staff. */
export function isLocked(event: { faults: string[] }): boolean {
  return event.faults.some((line) => line.startsWith("check_in:"));
}

/** The words of the page, from the server's catalogue; see `pages/live_words.py`. */
export type Words = Record<string, string>;

/** A JSON block that the server put into the page. */
export function data<T>(id: string): T {
  const block = document.getElementById(id);
  if (block === null) {
    throw new Error(`the page lacks #${id}`);
  }
  return JSON.parse(block.textContent ?? "") as T;
}

/** `{name}` in a catalogue's sentence. */
export function fill(sentence: string, values: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
