// The candidate as a drawing, without a picture: how the head is turned, eyes, brows, mouth, shoulders,
// where the gaze goes, and whether others are there. As the camera sees them: their left is on the right.
import { fill, type Measure, type Words } from "./events";
import { calmly, Drawn, put, say } from "./frame";

type Measures = Record<string, Measure>;

const SVG = "http://www.w3.org/2000/svg";
const RADIUS = 30;
/** Half of the eyes' distance, and how much the features move with the head. */
const EYE_X = 14;
const FEATURES = 20;
/** An eye that is open wide, as an eye aspect ratio. */
const OPEN_WIDE = 0.35;
const CLOSED = 0.4;
const TURNED_DEG = 6;
/** How far a gaze of a right angle would lead; none is drawn out of the picture. */
const GAZE = 160;
const FARTHEST = 72;
/** The text alternative changes no more often: it is read, not watched. */
const WORDS_MS = 2_000;

export class Sitter {
  private readonly figure = document.getElementById("sitter");
  private readonly place = this.figure?.querySelector<HTMLElement>(".drawn") ?? null;
  private readonly caption = this.figure?.querySelector<HTMLElement>("figcaption") ?? null;
  private readonly parts: Parts | null;
  private readonly picture: Drawn<Measures>;
  private readonly text: Drawn<Measures>;

  constructor(private readonly words: Words) {
    this.parts = this.place === null ? null : build(this.place);
    this.picture = new Drawn((measures) => this.parts && draw(this.parts, measures), calmly(80));
    this.text = new Drawn((measures) => this.tell(measures), () => WORDS_MS);
  }

  show(measures: Measures): void {
    if (this.figure !== null && this.figure.hidden) {
      this.figure.hidden = false;
    }
    this.picture.show(measures);
    this.text.show(measures);
  }

  private tell(measures: Measures): void {
    const sentence = described(measures, this.words);
    if (this.caption !== null && this.place !== null) {
      say(this.caption, sentence);
      put(this.place, "aria-label", sentence);
    }
  }
}

/** One sentence with what the drawing shows. */
export function described(measures: Measures, words: Words): string {
  const of = (name: string): number | null => measures[name]?.[0] ?? null;
  if (Object.keys(measures).length === 0) {
    return words["fig_quiet"] ?? "";
  }
  const others = Math.max((of("people_count") ?? of("faces_count") ?? 1) - 1, 0);
  const more = others > 0 ? [fill(words["fig_others"] ?? "", { count: others })] : [];
  const [yaw, pitch] = [of("head_yaw_deg"), of("head_pitch_deg")];
  if (yaw === null || pitch === null) {
    return [words["fig_no_face"] ?? "", ...more].join(" ");
  }
  const parts = [];
  if (Math.abs(yaw) >= TURNED_DEG) {
    parts.push(fill(words[yaw > 0 ? "fig_left" : "fig_right"] ?? "", { deg: Math.round(Math.abs(yaw)) }));
  }
  if (Math.abs(pitch) >= TURNED_DEG) {
    parts.push(fill(words[pitch > 0 ? "fig_up" : "fig_down"] ?? "", { deg: Math.round(Math.abs(pitch)) }));
  }
  if (parts.length === 0) {
    parts.push(words["fig_ahead"] ?? "");
  }
  const closed = of("eyes_closed_ratio");
  if (closed !== null) {
    parts.push(words[closed > 0.5 ? "fig_closed" : "fig_open"] ?? "");
  }
  const on = of("on_screen_ratio");
  const placed = on === null ? "fig_uncalibrated" : on >= 0.5 ? "fig_on" : "fig_off";
  parts.push(words[placed] ?? "", ...more);
  return parts.filter((part) => part !== "").join(", ");
}

interface Parts {
  head: Element;
  outline: Element;
  nose: Element;
  eyes: { white: Element; pupil: Element; lid: Element; brow: Element }[];
  mouth: Element;
  features: Element;
  shoulders: Element;
  gaze: Element;
  gazeEnd: Element;
  screen: Element;
  dot: Element;
  others: Element[];
}

function build(place: HTMLElement): Parts {
  const svg = node("svg", { viewBox: "0 0 200 150", "aria-hidden": "true" });
  const others = [22, 44].map((x) => person(svg, x));
  const shoulders = node("path", { class: "shoulders" }, svg);
  const head = node("g", { class: "head" }, svg);
  const outline = node("ellipse", { class: "outline", rx: "30", ry: "38" }, head);
  const features = node("g", {}, head);
  const eyes = [-EYE_X, EYE_X].map(() => ({
    white: node("ellipse", { class: "white" }, features),
    pupil: node("circle", { class: "pupil", r: "2.6" }, features),
    lid: node("line", { class: "lid" }, features),
    brow: node("path", { class: "brow" }, features),
  }));
  const nose = node("line", { class: "nose" }, features);
  const mouth = node("path", { class: "mouth" }, features);
  const gaze = node("line", { class: "gaze" }, svg);
  const gazeEnd = node("circle", { class: "gaze-end", r: "3.5" }, svg);
  const screen = node("rect", { class: "screen", x: "148", y: "8", width: "44", height: "25", rx: "1.5" }, svg);
  const dot = node("circle", { class: "dot", r: "2.6" }, svg);
  place.replaceChildren(svg);
  return { head, outline, nose, eyes, mouth, features, shoulders, gaze, gazeEnd, screen, dot, others };
}

function draw(parts: Parts, measures: Measures): void {
  const of = (name: string): number | null => measures[name]?.[0] ?? null;
  const [yaw, pitch, roll] = [of("head_yaw_deg"), of("head_pitch_deg"), of("head_roll_deg")];
  const seen = yaw !== null && pitch !== null;
  put(parts.head, "class", seen ? "head" : "head unseen");
  put(parts.head, "transform", `translate(100 62) rotate(${fixed(-(roll ?? 0))})`);
  show(parts.features, seen);
  const [turn, nod] = [radians(yaw ?? 0), radians(pitch ?? 0)];
  put(parts.outline, "rx", fixed(RADIUS * (0.86 + 0.14 * Math.cos(turn))));
  const [dx, dy] = [FEATURES * Math.sin(turn), -FEATURES * Math.sin(nod)];
  put(parts.features, "transform", `translate(${fixed(dx)} ${fixed(dy)})`);
  put(parts.nose, "x2", fixed(8 * Math.sin(turn)));
  put(parts.nose, "y1", "-2");
  put(parts.nose, "y2", fixed(9 - 8 * Math.sin(nod)));
  drawEyes(parts, of, turn);
  drawMouth(parts, of);
  drawGaze(parts, of, dx, dy);
  drawBody(parts, of);
}

function drawEyes(parts: Parts, of: (name: string) => number | null, turn: number): void {
  const open = of("eye_openness_ratio");
  const shut = (of("eyes_closed_ratio") ?? 0) > CLOSED;
  const height = open === null || shut ? 0 : 6 * Math.min(open / OPEN_WIDE, 1);
  const raised = (of("brow_raise_ratio") ?? 0.28) - 0.28;
  const drawn = (of("brow_gap_ratio") ?? 0.24) - 0.24;
  const [gx, gy] = [of("gaze_yaw_deg"), of("gaze_pitch_deg")];
  parts.eyes.forEach(({ white, pupil, lid, brow }, index) => {
    const side = index === 0 ? -1 : 1;
    const x = side * EYE_X * Math.cos(turn);
    const [cx, y] = [fixed(x), -8];
    put(white, "cx", cx);
    put(white, "cy", String(y));
    put(white, "rx", fixed(7.5 * Math.cos(turn)));
    put(white, "ry", fixed(height));
    show(pupil, height > 1.5 && gx !== null && gy !== null);
    put(pupil, "cx", fixed(x + 4 * Math.sin(radians(gx ?? 0))));
    put(pupil, "cy", fixed(y - 3 * Math.sin(radians(gy ?? 0))));
    show(lid, height <= 1.5);
    put(lid, "x1", fixed(x - 7));
    put(lid, "x2", fixed(x + 7));
    put(lid, "y1", String(y));
    put(lid, "y2", String(y));
    const top = y - 10 - 40 * raised;
    const inner = fixed(x - side * (7 + 20 * drawn));
    put(brow, "d", `M ${inner} ${fixed(top + 2 - 30 * drawn)} Q ${cx} ${fixed(top - 3)} ${fixed(x + side * 8)} ${fixed(top + 1)}`);
  });
}

function drawMouth(parts: Parts, of: (name: string) => number | null): void {
  const [open, smile] = [of("mouth_open_ratio"), of("smile_ratio")];
  show(parts.mouth, open !== null && smile !== null);
  const corner = 20 - 26 * ((smile ?? 0) - 0.04);
  const gape = 26 * Math.min(open ?? 0, 0.7);
  put(parts.mouth, "d", `M -11 ${fixed(corner)} Q 0 23 11 ${fixed(corner)} Q 0 ${fixed(23 + gape)} -11 ${fixed(corner)} Z`);
}

function drawGaze(parts: Parts, of: (name: string) => number | null, dx: number, dy: number): void {
  const [yaw, pitch] = [of("gaze_yaw_deg"), of("gaze_pitch_deg")];
  const known = yaw !== null && pitch !== null;
  show(parts.gaze, known);
  show(parts.gazeEnd, known);
  const [x, y] = [100 + dx, 54 + dy];
  const reach = (angle: number | null): number => clamp(GAZE * Math.sin(radians(angle ?? 0)), -FARTHEST, FARTHEST);
  const [endX, endY] = [fixed(x + reach(yaw)), fixed(y - reach(pitch))];
  put(parts.gaze, "x1", fixed(x));
  put(parts.gaze, "y1", fixed(y));
  put(parts.gaze, "x2", endX);
  put(parts.gaze, "y2", endY);
  put(parts.gazeEnd, "cx", endX);
  put(parts.gazeEnd, "cy", endY);
  const [right, down] = [of("screen_x_ratio"), of("screen_y_ratio")];
  show(parts.screen, right !== null && down !== null);
  show(parts.dot, right !== null && down !== null);
  put(parts.dot, "cx", fixed(148 + 44 * clamp(right ?? 0.5, -0.12, 1.12)));
  put(parts.dot, "cy", fixed(8 + 25 * clamp(down ?? 0.5, -0.2, 1.2)));
}

function drawBody(parts: Parts, of: (name: string) => number | null): void {
  const [tilt, width] = [of("shoulder_tilt_deg"), of("shoulder_width_ratio")];
  put(parts.shoulders, "class", tilt === null ? "shoulders unseen" : "shoulders");
  const half = 34 + 44 * clamp(width ?? 0.5, 0.2, 0.9);
  const drop = half * Math.sin(radians(tilt ?? 0));
  put(
    parts.shoulders,
    "d",
    `M ${fixed(100 - half)} ${fixed(128 + drop)} Q ${fixed(100 - half * 0.8)} ${fixed(114 + drop)} 88 ${fixed(108)} ` +
      `M 112 ${fixed(108)} Q ${fixed(100 + half * 0.8)} ${fixed(114 - drop)} ${fixed(100 + half)} ${fixed(128 - drop)}`,
  );
  const others = Math.max((of("people_count") ?? of("faces_count") ?? 1) - 1, 0);
  parts.others.forEach((other, index) => show(other, index < others));
}

function person(svg: Element, x: number): Element {
  const group = node("g", { class: "other", transform: `translate(${x} 24)`, display: "none" }, svg);
  node("circle", { r: "6", cy: "-6" }, group);
  node("path", { d: "M -10 14 Q -10 3 0 3 Q 10 3 10 14" }, group);
  return group;
}

function node(name: string, attributes: Record<string, string>, parent?: Element): Element {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  parent?.append(made);
  return made;
}

function show(element: Element, visible: boolean): void {
  put(element, "display", visible ? "inline" : "none");
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

function fixed(value: number): string {
  return value.toFixed(1);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
