// The fleet: follows the rooms, narrows by words, and is walked through with the arrow keys.
import { refresh } from "./fragments";
import { listen } from "./channel";

const EVERY_MS = 5_000;

/** The table of all rooms. */
export function fleet(): void {
  follow("fleet");
  filter();
  walk();
}

/** One room as a machine. What somebody types below stays: only the figures are fetched again. */
export function fleetRoom(): void {
  follow("fleet-room");
}

/** Figures change with every heartbeat, of which no event tells: the page asks while it is looked at. */
function follow(part: string): void {
  listen("/live/rooms", "", {
    onEvent: (event) => (event.type === "room" ? refresh(part) : undefined),
    onGap: () => refresh(part),
    onLine(up) {
      document.body.dataset["line"] = up ? "up" : "down";
    },
  });
  window.setInterval(() => {
    if (!document.hidden) {
      refresh(part);
    }
  }, EVERY_MS);
}

function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(".table.fleet tr[data-words]")];
}

/** Typing narrows the table; Enter opens the first room left; "/" jumps to the field. */
function filter(): void {
  const field = document.querySelector<HTMLInputElement>("#fleet-filter");
  if (field === null) {
    return;
  }
  const apply = (): void => {
    const wanted = field.value.trim().toLowerCase();
    for (const row of rows()) {
      const words = `${row.dataset["words"] ?? ""} ${row.querySelector(".troubles")?.textContent ?? ""}`;
      row.hidden = !words.toLowerCase().includes(wanted);
    }
    const none = document.querySelector<HTMLElement>(".none-left");
    if (none !== null) {
      none.hidden = rows().some((row) => !row.hidden) || wanted === "";
    }
  };
  field.addEventListener("input", apply);
  document.body.addEventListener("htmx:afterSwap", apply);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      shown()[0]?.click();
    } else if (event.key === "Escape") {
      field.value = "";
      apply();
    }
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLElement && event.target.closest("input, textarea, select");
    if (event.key === "/" && !typing) {
      event.preventDefault();
      field.focus();
    }
  });
}

/** The links of the rooms that are shown, in their order. */
function shown(): HTMLAnchorElement[] {
  return rows()
    .filter((row) => !row.hidden)
    .map((row) => row.querySelector<HTMLAnchorElement>(".name a"))
    .filter((link) => link !== null);
}

/** Up and down go from room to room, also out of the field. */
function walk(): void {
  document.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const links = shown();
    const at = links.findIndex((link) => link === document.activeElement);
    const inField = document.activeElement?.id === "fleet-filter";
    if (step === undefined || links.length === 0 || (at < 0 && !inField)) {
      return;
    }
    event.preventDefault();
    links[Math.min(Math.max(at + step, 0), links.length - 1)]?.focus();
  });
}
