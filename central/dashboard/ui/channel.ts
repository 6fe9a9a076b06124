// The live line to central. It comes back by itself and goes on where it was; where central no longer knows
// that place, or this browser fell behind, the page is fetched anew.
import type { Event } from "./events";

const SESSION_ENDED = 4401;
const LEAVING_MS = 1_000;
const RETRY_MS = [300, 600, 1_200, 2_500, 5_000] as const;

/** Calls `onEvent` for each event in order and once, and `onGap` when something was missed. `cursor` is the
 * place that the page was made at. `onLine` tells whether the line is up. */
export function listen(
  path: string,
  cursor: string,
  handlers: { onEvent(event: Event): void; onGap(): void; onLine(up: boolean): void },
): void {
  let failures = 0;
  let place = cursor;

  const open = (): void => {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}${path}?cursor=${encodeURIComponent(place)}`);
    socket.addEventListener("open", () => {
      failures = 0;
      handlers.onLine(true);
    });
    socket.addEventListener("message", (message) => {
      const received: unknown = JSON.parse(String(message.data));
      for (const event of (Array.isArray(received) ? received : [received]) as Event[]) {
        if (event.type === "reload") {
          handlers.onGap();
        } else if (event.type === "cursor") {
          place = event.cursor;
        } else {
          handlers.onEvent(event);
        }
      }
    });
    socket.addEventListener("close", (closed) => {
      handlers.onLine(false);
      if (closed.code === SESSION_ENDED) {
        // To the login, and back; unless this page is being left, as when its own user signs out.
        setTimeout(() => location.reload(), LEAVING_MS);
        return;
      }
      const wait = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)];
      failures += 1;
      setTimeout(open, wait);
    });
  };
  open();
}
