// One tap marks a moment; a note is a moment with words, and may quote what was said. Each is kept by the
// outbox from the first tap on.
import type { Outbox } from "./outbox";

interface Marker {
  kind: string;
  at: string;
  text: string;
  transcript_id: string | null;
  start: number | null;
  end: number | null;
  removed: boolean;
}

const PREFIX = "marker:";
let offsetMs = 0;
let quoted: { line: Element; start: number; end: number } | null = null;

/** The room's clock is what turns and sentences are timed by. */
export function roomSays(wallNs: number): void {
  offsetMs = wallNs / 1e6 - Date.now();
}

export function markers(outbox: Outbox | null): void {
  const place = document.getElementById("marking");
  if (place === null || outbox === null) {
    return;
  }
  const path = place.dataset["path"] ?? "";
  const keep = (item: HTMLElement, removed = false): void => {
    const key = item.dataset["key"] ?? "";
    outbox.put(PREFIX + key, path + key, { ...state(item), removed });
  };
  for (const [name, entry] of Object.entries(outbox.entries())) {
    const key = name.slice(PREFIX.length);
    if (name.startsWith(PREFIX)) {
      shown(key)?.remove();
      if (!entry.body["removed"]) {
        add(key, entry.body as unknown as Marker, "");
      }
    }
  }
  place.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("button");
    const item = button?.closest<HTMLElement>(".marker") ?? null;
    if (button?.dataset["mark"] !== undefined) {
      keep(add(fresh(), { ...moment(button.dataset["mark"]) }, ""));
    } else if (button !== null && item !== null) {
      keep(item, true);
      item.remove();
      document.querySelector<HTMLElement>("[data-mark]")?.focus();
    }
  });
  place.addEventListener("input", (event) => {
    const item = (event.target as Element).closest<HTMLElement>(".marker");
    if (item !== null) {
      keep(item);
    }
  });
  document.addEventListener("pointerdown", (event) => remember(event.target as Element));
  document.addEventListener("click", (event) => {
    const line = (event.target as Element).closest("[data-note]")?.closest<HTMLElement>(".line") ?? null;
    if (line !== null) {
      const item = note(line);
      keep(item);
      item.querySelector("textarea")?.focus();
    }
  });
  // Not before all of the above listens: a tap on a button that looks ready must not be lost.
  document.body.dataset["marking"] = "";
  for (const button of place.querySelectorAll<HTMLButtonElement>("[data-mark]")) {
    button.disabled = false;
  }
}

/** Pressing the button takes the selection away: what was selected is remembered before. */
function remember(target: Element): void {
  const line = target.closest("[data-note]")?.closest(".line") ?? null;
  const selection = getSelection();
  const text = line?.querySelector(".text")?.firstChild ?? null;
  quoted = null;
  if (line === null || text === null || selection === null || selection.isCollapsed) {
    return;
  }
  const range = selection.getRangeAt(0);
  if (range.startContainer === text && range.endContainer === text) {
    const points = (end: number): number => [...(text.textContent ?? "").slice(0, end)].length;
    quoted = { line, start: points(range.startOffset), end: points(range.endOffset) };
  }
}

function note(line: HTMLElement): HTMLElement {
  const text = line.querySelector(".text")?.textContent ?? "";
  const part = quoted?.line === line ? quoted : null;
  const made: Marker = {
    ...moment("note"),
    at: new Date(Number(line.dataset["atMs"])).toISOString(),
    transcript_id: line.dataset["id"] ?? null,
    start: part?.start ?? null,
    end: part?.end ?? null,
  };
  return add(fresh(), made, part === null ? text : [...text].slice(part.start, part.end).join(""));
}

function moment(kind: string): Marker {
  const at = new Date(Date.now() + offsetMs).toISOString();
  return { kind, at, text: "", transcript_id: null, start: null, end: null, removed: false };
}

/** A key that no other has; `randomUUID` is there on https alone. */
function fresh(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function shown(key: string): HTMLElement | null {
  return document.querySelector(`#markers [data-key="${CSS.escape(key)}"]`);
}

function add(key: string, marker: Marker, quote: string): HTMLElement {
  const template = document.querySelector<HTMLTemplateElement>("#marker-template");
  const item = template?.content.firstElementChild?.cloneNode(true) as HTMLElement;
  const words = quote || quoteOf(marker);
  const clock = new Date(marker.at).toTimeString().slice(0, 8);
  Object.assign(item.dataset, {
    key,
    kind: marker.kind,
    at: marker.at,
    transcript: marker.transcript_id ?? "",
    start: marker.start ?? "",
    end: marker.end ?? "",
  });
  item.classList.add(marker.kind);
  const name = document.querySelector<HTMLTemplateElement>(`[data-kind-name="${marker.kind}"]`);
  item.querySelector(".name")?.append(name?.content.cloneNode(true) ?? "");
  fill(item, "time", clock);
  fill(item, ".unseen", ` ${clock}`);
  fill(item, "blockquote", words);
  item.querySelector("blockquote")?.toggleAttribute("hidden", words === "");
  const field = item.querySelector("textarea");
  if (field !== null) {
    field.value = marker.text;
  }
  document.getElementById("markers")?.prepend(item);
  return item;
}

/** What waited in the browser knows where its words are, not the words. */
function quoteOf(marker: Marker): string {
  const line = document.querySelector(`#lines [data-id="${CSS.escape(marker.transcript_id ?? "-")}"] .text`);
  return [...(line?.textContent ?? "")].slice(marker.start ?? 0, marker.end ?? undefined).join("");
}

function fill(item: HTMLElement, selector: string, text: string): void {
  const place = item.querySelector(selector);
  if (place !== null) {
    place.textContent = text;
  }
}

function state(item: HTMLElement): Omit<Marker, "removed"> {
  const { kind, at, transcript, start, end } = item.dataset;
  const number = (text: string | undefined): number | null => (text ? Number(text) : null);
  return {
    kind: kind ?? "note",
    at: at ?? "",
    text: item.querySelector("textarea")?.value ?? "",
    transcript_id: transcript || null,
    start: number(start),
    end: number(end),
  };
}
