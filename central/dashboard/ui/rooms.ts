// The wall of rooms: each tile follows its room; what changes the order is asked from the server.
import { callSound, type CallSound } from "./calls";
import { announce, refresh } from "./fragments";
import { listen } from "./channel";
import { data, fill, isLocked, type Event, type Words } from "./events";

const FLOOR_DBFS = -60;

export function rooms(): void {
  const words = data<Words>("words");
  const sound = callSound();
  listen("/live/rooms", document.getElementById("main")?.dataset["cursor"] ?? "", {
    onEvent: (event) => handle(event, words, sound),
    onGap: () => refresh("wall"),
    onLine(up) {
      document.body.dataset["line"] = up ? "up" : "down";
    },
  });
  filter();
}

function handle(event: Event, words: Words, sound: CallSound): void {
  if (event.type === "reload" || event.type === "cursor") {
    return;
  }
  const tile = document.querySelector<HTMLElement>(`[data-room="${CSS.escape(event.room)}"]`);
  switch (event.type) {
    case "readings": {
      if (tile === null) {
        return;
      }
      if (tile.dataset["state"] !== "live") {
        refresh("wall");
      }
      const [level, heard] = event.measures["level_dbfs"] ?? [null, 0];
      const [, seen] = event.measures["head_yaw_deg"] ?? [null, 0];
      scale(tile, ".level i", level === null ? 0 : 1 - level / FLOOR_DBFS);
      scale(tile, ".cover i", Math.min(seen, heard));
      text(tile, ".share", `${Math.round(Math.min(seen, heard) * 100)}%`);
      text(tile, ".phase-name", words[`phase_${event.phase}`] ?? event.phase);
      if (event.turn_id !== "") {
        text(
          tile,
          ".place",
          fill(words["question_of"] ?? "", { position: event.position + 1, count: event.question_count }),
        );
      }
      tile.dataset["wallNs"] = String(event.wall_ns);
      tile.dataset["shownMs"] = String(Date.now());
      return;
    }
    case "caption":
      text(tile, ".spoken", `${event.stable} ${event.tail}`.trim());
      return;
    case "transcript":
      text(tile, ".spoken", event.text);
      return;
    case "turn":
      if (event.step === "asked") {
        text(tile, ".spoken", event.text);
      }
      return;
    case "help":
      refresh("wall");
      if (event.step === "called") {
        announce(fill(words["help_called"] ?? "", { room: tile?.querySelector("h2")?.textContent ?? event.room }));
        sound.ring();
      }
      return;
    case "room":
      refresh("wall");
      if (isLocked(event) && tile?.dataset["state"] !== "locked") {
        announce(fill(words["locked"] ?? "", { room: tile?.querySelector("h2")?.textContent ?? event.room }));
        sound.ring();
      }
      return;
    case "interview":
    case "report":
      refresh("wall");
      return;
    default:
      return;
  }
}

function text(root: Element | null, selector: string, value: string): void {
  const place = root?.querySelector(selector);
  if (place && place.textContent !== value) {
    place.textContent = value;
  }
}

function scale(root: Element, selector: string, share: number): void {
  const bar = root.querySelector<HTMLElement>(selector);
  bar?.style.setProperty("transform", `scaleX(${Math.min(1, Math.max(0, share)).toFixed(3)})`);
}

/** Typing narrows the wall; Enter opens the only or first room left; "/" jumps to the field. */
function filter(): void {
  const field = document.querySelector<HTMLInputElement>("#room-filter");
  if (field === null) {
    return;
  }
  const tiles = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-room]")];
  const apply = (): void => {
    const wanted = field.value.trim().toLowerCase();
    tiles().forEach((tile) => (tile.hidden = !(tile.dataset["words"] ?? "").toLowerCase().includes(wanted)));
  };
  field.addEventListener("input", apply);
  document.body.addEventListener("htmx:afterSettle", apply);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      tiles().find((tile) => !tile.hidden)?.querySelector<HTMLAnchorElement>("a")?.click();
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
