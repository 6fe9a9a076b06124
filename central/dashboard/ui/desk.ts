// The interviewer's desk: ratings are saved as they are clicked.
import { announce, refresh } from "./fragments";
import { Outbox, type State } from "./outbox";

const SHEET = "sheet";
const RATING = "rating:";
let said: State | null = null;

/** What this person clicks and types about this interview, or null where there is nothing to judge. */
export function desk(): Outbox | null {
  const sheet = document.getElementById(SHEET);
  if (sheet === null) {
    return null;
  }
  const outbox = new Outbox(
    `daedam.desk.${sheet.dataset["account"]}.${sheet.dataset["interview"]}`,
    Number(sheet.dataset["seq"]),
    {
      state: say,
      newer(key, answer) {
        if (key.startsWith(RATING)) {
          choose(key, answer["level"] as number | null);
        }
      },
      refused(_key, why) {
        announce(why);
        refresh(SHEET);
      },
    },
  );
  const restore = (): void => {
    for (const [key, entry] of Object.entries(outbox.entries()).filter(([key]) => key.startsWith(RATING))) {
      choose(key, entry.body["level"] as number | null);
    }
    count();
    if (said !== null) {
      say(said); // a sheet that was fetched anew knows nothing of what waits here
    }
  };
  document.addEventListener("change", (event) => {
    const field = event.target;
    const group = field instanceof HTMLInputElement ? field.closest<HTMLElement>("[data-criterion]") : null;
    if (field instanceof HTMLInputElement && group !== null) {
      const { question, criterion, path } = group.dataset;
      const level = field.value === "" ? null : Number(field.value);
      outbox.put(key(group), path ?? "", { question_id: question, criterion, level });
      count();
    }
  });
  document.body.addEventListener("htmx:afterSettle", restore);
  lockWhenSaved(outbox);
  restore();
  return outbox;
}

/** What is asked now is open to be rated, a pushed question too; a field that somebody is at is not taken
 * away. */
export function followQuestion(questionId: string): void {
  const sheet = document.getElementById(SHEET);
  const known = sheet?.querySelector(`[data-question="${CSS.escape(questionId)}"]`)?.closest("details");
  if (known) {
    known.open = true;
  } else if (sheet !== null && !sheet.contains(document.activeElement)) {
    refresh(SHEET);
  }
}

/** Nothing is locked before central has everything that was clicked. */
function lockWhenSaved(outbox: Outbox): void {
  const form = document.querySelector<HTMLFormElement>("form[data-lock]");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    void outbox.settled().then((all) => (all ? form.submit() : announce(form.dataset["lock"] ?? "")));
  });
}

function key(group: HTMLElement): string {
  return `${RATING}${group.dataset["question"]}:${group.dataset["criterion"]}`;
}

function groups(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-criterion]")];
}

function choose(wanted: string, level: number | null): void {
  const group = groups().find((one) => key(one) === wanted);
  const value = level === null ? "" : String(level);
  for (const field of group?.querySelectorAll<HTMLInputElement>("input[type=radio]") ?? []) {
    field.checked = field.value === value;
  }
}

/** How much of each question is rated, and of all. */
function count(): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-rated-of]")) {
    const all = groups().filter((one) => one.dataset["question"] === place.dataset["ratedOf"]);
    const rated = all.filter((one) => one.querySelector("input:checked") !== null);
    place.textContent = `${rated.length} / ${all.length}`;
  }
}

function say(state: State): void {
  said = state;
  for (const place of document.querySelectorAll<HTMLElement>("[data-saved]")) {
    const text = place.dataset[state === "signed-out" ? "signedOut" : state] ?? "";
    if (place.textContent !== text) {
      place.textContent = text;
      place.dataset["state"] = state;
    }
  }
}
