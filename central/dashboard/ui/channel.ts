// The live line to central. It comes back by itself and goes on where it was; where central no longer knows
// that place, or this browser fell behind, the page is fetched anew.
import type { Event } from "./events";

const SESSION_ENDED = 4401;
const LEAVING_MS = 1_000;
const RETRY_MS = [300, 600, 1_200, 2_500, 5_000] as const;
/** Central says something every 4 s. A line that was cut without a word (a laptop asleep, another network)
 * stays open for its browser: silence tells. */
const QUIET_MS = 12_000;
const LOOK_MS = 1_000;

export interface Handlers {
  onEvent(event: Event): void;
  /** Something was missed. */
  onGap(): void;
  onLine(up: boolean): void;
}

/** Calls `onEvent` for each event in order and once. `cursor` is the place that the page was made at. */
export function listen(path: string, cursor: string, handlers: Handlers): void {
  new Line(path, cursor, handlers).open();
}

class Line {
  private socket: WebSocket | null = null;
  private failures = 0;
  private heardMs = 0;
  private again = 0;

  constructor(
    private readonly path: string,
    private place: string,
    private readonly handlers: Handlers,
  ) {
    setInterval(() => this.look(), LOOK_MS);
    addEventListener("online", () => this.cut());
    addEventListener("offline", () => this.cut());
    document.addEventListener("resume", () => this.look());
  }

  open(): void {
    clearTimeout(this.again);
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const cursor = encodeURIComponent(this.place);
    const socket = new WebSocket(`${scheme}://${location.host}${this.path}?cursor=${cursor}`);
    const mine = (take: (message: never) => void) => (message: unknown) => {
      if (this.socket === socket) {
        take(message as never);
      }
    };
    this.socket = socket;
    this.heardMs = Date.now();
    socket.addEventListener("open", mine(() => this.opened()));
    socket.addEventListener("message", mine((message: MessageEvent) => this.heard(String(message.data))));
    socket.addEventListener("close", mine((closed: CloseEvent) => this.closed(closed.code)));
  }

  private opened(): void {
    this.failures = 0;
    this.heardMs = Date.now();
    this.handlers.onLine(true);
  }

  private heard(text: string): void {
    this.heardMs = Date.now();
    const received: unknown = JSON.parse(text);
    for (const event of (Array.isArray(received) ? received : [received]) as Event[]) {
      if (event.type === "reload") {
        this.handlers.onGap();
      } else if (event.type === "cursor") {
        this.place = event.cursor;
      } else {
        this.handlers.onEvent(event);
      }
    }
  }

  private closed(code: number): void {
    this.socket = null;
    this.handlers.onLine(false);
    if (code === SESSION_ENDED) {
      // To the login, and back; unless this page is being left, as when its own user signs out.
      setTimeout(() => location.reload(), LEAVING_MS);
      return;
    }
    const wait = RETRY_MS[Math.min(this.failures, RETRY_MS.length - 1)];
    this.failures += 1;
    this.again = window.setTimeout(() => this.open(), wait);
  }

  private look(): void {
    if (this.socket !== null && Date.now() - this.heardMs > QUIET_MS) {
      this.cut();
    }
  }

  /** What this line still says is of no use: the next one begins where it ended. */
  private cut(): void {
    const old = this.socket;
    this.socket = null;
    old?.close();
    this.handlers.onLine(false);
    this.failures = 0;
    this.open();
  }
}
