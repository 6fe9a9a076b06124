// What the agent says: the whole state, on each change, up to ten times a second.

export type Phase =
  | "idle"
  | "waiting"
  | "consenting"
  | "checking"
  | "practising"
  | "calibrating"
  | "asking"
  | "thinking"
  | "answering"
  | "paused"
  | "offering"
  | "confirming"
  | "finished";

export type Language = "ko" | "en";

export interface Question {
  question_id: string;
  turn_id: string;
  text: string;
  /** From 0. */
  position: number;
  count: number;
}

export interface Caption {
  stable: string;
  tail: string;
  engine: string;
}

/** What the candidate is asked to look at; ratios from the screen's left and top. */
export interface Calibration {
  kind: "read" | "point" | "head" | "check" | "done";
  name: string;
  x_ratio: number;
  y_ratio: number;
  /** From 1. */
  position: number;
  count: number;
  attempt: number;
  /** The camera sees the eyes. */
  seen: boolean;
}

/** The site's words (empty: the page's own), and the day of deletion (ISO 8601; empty: by no date). */
export type Kept = Record<Language, string> & { until: string };

export interface Receipt {
  scoring: boolean;
  /** Null where nobody asked. */
  emotion: boolean | null;
  ask: Record<Language, string>;
  url: string;
  /** The dark modules of a square as one path. */
  qr: { size: number; path: string } | null;
}

/** One utterance; `written`: what the candidate put in its place, empty where nothing. */
export interface Understood {
  utterance_id: string;
  text: string;
  written: string;
}

/** What was understood of one answer. */
export interface Confirming {
  /** From 0, among those that are to be read. */
  position: number;
  count: number;
  turn_id: string;
  question: string;
  sentences: Understood[];
  /** More of it may come. */
  arriving: boolean;
  /** Until the interview ends by itself, or goes on without words that do not come. */
  left_ms: number;
}

export interface State {
  type: "state";
  phase: Phase;
  room_name: string;
  language: Language;
  /** The candidate has chosen it. */
  language_chosen: boolean;
  /** Null where a button is enough, or the candidate is in. */
  check_in: { tries_left: number; wrong: boolean } | null;
  candidate_name: string;
  link: "connecting" | "online" | "offline";
  /** While camera and sound are tried, and the practice question: what the room says, and since when it
   * listens. */
  trying: { said: string; listening_ms: number | null; limit_ms: number } | null;
  /** What came of the calibration; null before. */
  calibrated: "calibrated" | "failed" | "skipped" | null;
  question: Question | null;
  phase_elapsed_ms: number;
  answer_limit_ms: number;
  think_ms: number;
  /** How long the farewell stays. */
  finished_shown_ms: number;
  level_dbfs: number | null;
  speaking: boolean;
  /** Of the room's voice, 10 to 100; null where it has none. */
  volume_percent: number | null;
  /** Null while no points are shown. */
  calibration: Calibration | null;
  caption: Caption | null;
  said: string[];
  still_there: boolean;
  /** Why the question is asked again: the room broke down, or noise spoiled its answer; empty where it is not. */
  again: "" | "break" | "noise";
  /** How long what is recorded is kept. */
  kept: Kept;
  /** At the end: what was agreed to, the site's words in both languages (empty: the page's own), and the code of
   * the page that says the same; null where nothing was recorded. */
  receipt: Receipt | null;
  /** The two questions at the end are answered. */
  surveyed: boolean;
  /** The candidate answers in writing; `typed` is what the agent has of it. */
  typed_answers: boolean;
  typed: string;
  /** A pause begins when the answer is over. */
  pause_waits: boolean;
  /** The answer was disturbed: the candidate may answer again. */
  offers_again: boolean;
  /** How long that offer stays after the answer. */
  offer_shown_ms: number;
  /** While the candidate reads what was understood; null elsewhere. */
  confirming: Confirming | null;
  notice: string | null;
  /** A call for a person: staff do not know yet, know, or are on their way; null where nobody is called. */
  help: "asking" | "asked" | "coming" | null;
  notice_version: string;
  /** Of the text that asks for emotion; empty where nobody asks. */
  emotion_notice_version: string;
  /** "device: what is wrong", in English. */
  faults: string[];
  counts: {
    frames_captured: number;
    frames_analysed: number;
    frames_dropped: number;
    records_appended: number;
    records_acked: number;
  };
}

/** What the candidate presses. */
export type Press =
  | { type: "language"; language: Language }
  | { type: "check_in"; code?: string }
  | { type: "scan" }
  | { type: "consent"; recording: boolean; ai_scoring: boolean; emotion: boolean | null }
  | { type: "begin_calibration" }
  | { type: "skip_calibration" }
  | { type: "sentence" }
  | { type: "read"; text: string; language: Language }
  | { type: "tried" }
  | { type: "done" | "skip" | "do_not_know"; turn_id: string }
  | { type: "repeat" }
  | { type: "survey"; ease: number; fairness: number }
  | { type: "leave" }
  | { type: "typed"; text: string }
  | { type: "correct"; turn_id: string; utterance_id: string; text: string }
  | { type: "confirm"; turn_id: string; right: boolean }
  | { type: "still_reading" }
  | { type: "leave_words" }
  | { type: "pause" }
  | { type: "resume" }
  | { type: "answer_again" }
  | { type: "call_person" }
  | { type: "withdraw_call" }
  | { type: "volume"; percent: number };

/** The state in a message of the agent, or null where the message is something else. */
export function read(message: string): State | null {
  let value: unknown;
  try {
    value = JSON.parse(message);
  } catch {
    return null;
  }
  const isState = typeof value === "object" && value !== null && "type" in value && value.type === "state";
  return isState ? (value as State) : null;
}
