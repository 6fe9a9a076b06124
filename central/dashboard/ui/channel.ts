// The live line to central. It comes back by itself; after a gap the page asks for what it missed.
import type { Event } from "./events";

const RETRY_MS = [300, 600, 1_200, 2_500, 5_000] as const;

/** Calls `onEvent` for each event in order, and `onGap` when something was missed: after a reconnect
 * or when the server says so. `onLine` tells whether the line is up. */
export function listen(
  path: string,
  handlers: { onEvent(event: Event): void; onGap(): void; onLine(up: boolean): void },
): void {
  let failures = 0;
  let opened = 0;

  const open = (): void => {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}${path}`);
    socket.addEventListener("open", () => {
      failures = 0;
      opened += 1;
      handlers.onLine(true);
      if (opened > 1) {
        handlers.onGap();
      }
    });
    socket.addEventListener("message", (message) => {
      const received: unknown = JSON.parse(String(message.data));
      for (const event of (Array.isArray(received) ? received : [received]) as Event[]) {
        if (event.type === "reload") {
          handlers.onGap();
        } else {
          handlers.onEvent(event);
        }
      }
    });
    socket.addEventListener("close", () => {
      handlers.onLine(false);
      const wait = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)];
      failures += 1;
      setTimeout(open, wait);
    });
  };
  open();
}
