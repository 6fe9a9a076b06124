// One drawing a frame of the screen, however often something new comes; none while the page is hidden.

/** Calls `draw` with the newest value, at most once each `everyMs` and in step with the screen. */
export class Drawn<T> {
  private value: T | null = null;
  private waiting = false;
  private last = 0;

  constructor(
    private readonly draw: (value: T) => void,
    private readonly everyMs: () => number = () => 0,
  ) {}

  show(value: T): void {
    this.value = value;
    if (!this.waiting) {
      this.waiting = true;
      requestAnimationFrame((now) => this.frame(now));
    }
  }

  private frame(now: number): void {
    if (now - this.last < this.everyMs()) {
      requestAnimationFrame((later) => this.frame(later));
      return;
    }
    this.waiting = false;
    this.last = now;
    if (this.value !== null) {
      this.draw(this.value);
    }
  }
}

/** Less often where people asked for less motion. */
export function calmly(ms: number): () => number {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  return () => (calm.matches ? Math.max(ms, 1_000) : ms);
}

/** An attribute, written only where it changes. */
export function put(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
}

/** A text, written only where it changes. */
export function say(element: Element, text: string): void {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
