// A screen is mounted once and then told each state; it changes only what differs, so that focus
// stays where the candidate put it.
import type { Messages } from "./messages";
import type { Language, Press, State } from "./state";

export interface Context {
  words: Messages;
  language: Language;
  press(press: Press): void;
  /** Changes the language of all that the kiosk says and shows (not of the questions). */
  choose(language: Language): void;
  /** Somebody has come to the screen. */
  arrive(): void;
}

export interface Screen {
  root: HTMLElement;
  /** What gets the focus when the screen comes up. */
  focus?: HTMLElement;
  /** Any key that is no press of a button. */
  anyKey?(): void;
  /** `sinceMs`: time since this state arrived. */
  update(state: State, sinceMs: number): void;
}

export type Mount = (context: Context, state: State) => Screen;
