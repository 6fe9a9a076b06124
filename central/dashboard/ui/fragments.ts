// Parts of the page are fetched again from the page's own address; the server renders, htmx swaps.
import htmx from "htmx.org";

const SOON_MS = 120;
const waiting = new Map<string, number>();
/** One request after the other: htmx keeps only the last of those that wait. */
let turn: Promise<unknown> = Promise.resolve();

/** Fetches the elements with these ids again. Several calls within 120 ms become one. */
export function refresh(...ids: string[]): void {
  for (const id of ids) {
    if (waiting.has(id) || document.getElementById(id) === null) {
      continue;
    }
    waiting.set(
      id,
      window.setTimeout(() => {
        waiting.delete(id);
        turn = turn.then(() => fetched(id)).catch(() => undefined);
      }, SOON_MS),
    );
  }
}

function fetched(id: string): Promise<unknown> {
  if (document.getElementById(id) === null) {
    return Promise.resolve();
  }
  return htmx.ajax("get", location.pathname + location.search, {
    target: `#${id}`,
    select: `#${id}`,
    swap: "outerHTML",
  });
}

/** What a refused action answers is shown in words, beside what was pressed. */
export function showRefusals(): void {
  document.body.addEventListener("htmx:responseError", (event) => {
    const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
    const answer = new DOMParser().parseFromString(xhr.responseText, "text/html");
    announce(answer.querySelector("[data-problem]")?.textContent?.trim() || `${xhr.status} ${xhr.statusText}`);
  });
  document.body.addEventListener("htmx:sendError", () => announce(document.body.dataset["offline"] ?? ""));
}

/** One sentence at the foot of the page, for seven seconds. */
export function announce(text: string): void {
  const place = document.getElementById("said");
  if (place === null || text === "") {
    return;
  }
  place.textContent = text;
  place.classList.add("shown");
  window.setTimeout(() => {
    if (place.textContent === text) {
      place.classList.remove("shown");
    }
  }, 7_000);
}
