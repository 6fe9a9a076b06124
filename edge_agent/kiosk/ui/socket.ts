// The page's line to the agent on the same machine. It comes back by itself.
import { read, type Press, type State } from "./state";

const RETRY_MS = [250, 500, 1_000, 2_000] as const;

export interface Agent {
  press(press: Press): void;
}

/** Calls `onState` for each state and `onLost` when the line breaks; reconnects for ever. What is
 * pressed while the line is down is not kept: the screen then says that it is reconnecting. */
export function connect(token: string, onState: (state: State) => void, onLost: () => void): Agent {
  let socket: WebSocket | null = null;
  let failures = 0;

  const open = (): void => {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    socket = new WebSocket(`${scheme}://${location.host}/ws?token=${encodeURIComponent(token)}`);
    socket.addEventListener("message", (event) => {
      const state = read(String(event.data));
      if (state !== null) {
        failures = 0;
        onState(state);
      }
    });
    socket.addEventListener("close", () => {
      onLost();
      const wait = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)];
      failures += 1;
      setTimeout(open, wait);
    });
  };
  open();

  return {
    press(press) {
      if (socket?.readyState === WebSocket.OPEN) {
        socket.send(JSON.stringify(press));
      }
    },
  };
}
