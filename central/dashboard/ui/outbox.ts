// What people click and type, kept in this browser until central has it. Each entry has a key and a count
// that grows: sent twice it is no harm, and what is late never stands over what is newer.

export interface Entry {
  path: string;
  seq: number;
  body: Record<string, unknown>;
}

/** saved: central has all of it. kept: it is in this browser and will be sent. signed-out: sign in first. */
export type State = "saved" | "saving" | "kept" | "signed-out";

export interface Told {
  state(state: State): void;
  /** Central has a newer one than what was sent. */
  newer(key: string, answer: Record<string, unknown>): void;
  refused(key: string, why: string): void;
}

const SOON_MS = 300;
const TIMEOUT_MS = 10_000;
const RETRY_MS = [1_000, 2_000, 5_000, 10_000] as const;
/** Answers after which another try says the same. */
const FINAL = [400, 404, 409, 413, 422];

export class Outbox {
  private memory: Record<string, Entry> = {};
  private readonly ready = new Map<string, number>();
  private failures = 0;
  private sending: Promise<void> | null = null;
  private again = 0;

  /** `name` is one person's outbox for one interview; `last` the newest count that central has. */
  constructor(
    private readonly name: string,
    private last: number,
    private readonly told: Told,
  ) {
    addEventListener("online", () => void this.flush());
    addEventListener("pagehide", () => this.leave());
    if (Object.keys(this.entries()).length > 0) {
      this.told.state("kept");
    }
  }

  /** What an earlier page left is sent, once this one has shown it: what was sent is no longer here. */
  begin(): void {
    if (Object.keys(this.entries()).length > 0) {
      void this.flush();
    }
  }

  entries(): Record<string, Entry> {
    try {
      return JSON.parse(localStorage.getItem(this.name) ?? "{}") as Record<string, Entry>;
    } catch {
      return this.memory; // a browser that keeps nothing
    }
  }

  /** Keep it now, send it soon. A later one of the same key takes its place. */
  put(key: string, path: string, body: Record<string, unknown>): void {
    const entries = this.entries();
    this.last = Math.max(this.last + 1, Date.now(), ...Object.values(entries).map((one) => one.seq + 1));
    this.keep({ ...entries, [key]: { path, seq: this.last, body } });
    this.told.state("saving");
    clearTimeout(this.ready.get(key));
    this.ready.set(
      key,
      window.setTimeout(() => {
        this.ready.delete(key);
        void this.flush();
      }, SOON_MS),
    );
  }

  /** Everything that waits is sent, one after the other. */
  flush(): Promise<void> {
    this.sending ??= this.all().finally(() => (this.sending = null));
    return this.sending;
  }

  /** Whether central has everything. */
  async settled(): Promise<boolean> {
    await this.sending;
    await this.flush();
    return Object.keys(this.entries()).length === 0;
  }

  private async all(): Promise<void> {
    clearTimeout(this.again);
    for (;;) {
      const [found] = Object.entries(this.entries());
      if (found === undefined) {
        this.failures = 0;
        this.told.state("saved");
        return;
      }
      if (!(await this.send(...found))) {
        const wait = RETRY_MS[Math.min(this.failures, RETRY_MS.length - 1)];
        this.failures += 1;
        this.again = window.setTimeout(() => void this.flush(), wait);
        return;
      }
    }
  }

  /** False: it stays, and is tried again. */
  private async send(key: string, entry: Entry): Promise<boolean> {
    const answer = await request(entry, false).catch(() => null);
    if (answer?.ok) {
      const said = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
      this.done(key, entry.seq);
      const seq = Number(said["seq"] ?? 0);
      this.last = Math.max(this.last, seq);
      if (seq > entry.seq && !(key in this.entries())) {
        this.told.newer(key, said);
      }
      return true;
    }
    if (answer !== null && FINAL.includes(answer.status)) {
      const problem = (await answer.json().catch(() => ({}))) as { detail?: string };
      this.done(key, entry.seq);
      this.told.refused(key, problem.detail ?? String(answer.status));
      return true;
    }
    this.told.state(answer?.status === 401 ? "signed-out" : "kept");
    return false;
  }

  /** Forgets what was sent, unless another has taken its place meanwhile. */
  private done(key: string, seq: number): void {
    const entries = this.entries();
    if (entries[key]?.seq === seq) {
      delete entries[key];
      this.keep(entries);
    }
  }

  private keep(entries: Record<string, Entry>): void {
    this.memory = entries;
    try {
      if (Object.keys(entries).length === 0) {
        localStorage.removeItem(this.name);
      } else {
        localStorage.setItem(this.name, JSON.stringify(entries));
      }
    } catch {
      return; // it is in memory; full or forbidden storage is no reason to lose it
    }
  }

  /** The page goes: a last try that outlives it. What it does not reach is sent by the next page. */
  private leave(): void {
    for (const entry of Object.values(this.entries())) {
      void request(entry, true).catch(() => undefined);
    }
  }
}

function request(entry: Entry, keepalive: boolean): Promise<Response> {
  const token = /(?:^|; )csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? "";
  return fetch(entry.path, {
    method: "PUT",
    headers: { "content-type": "application/json", "x-csrftoken": token },
    body: JSON.stringify({ ...entry.body, seq: entry.seq }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
    keepalive,
  });
}
