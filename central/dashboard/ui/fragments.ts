// Parts of the page are taken again from the page's own address: the server renders it once for all of
// them, htmx swaps each.
import htmx from "htmx.org";

const SOON_MS = 120;
const LATE_MS = 10_000;
const waiting = new Set<string>();
/** One request after the other: what a later one shows is newer. */
let turn: Promise<void> = Promise.resolve();

/** Takes the elements with these ids from the server again. Calls within 120 ms are one request. */
export function refresh(...ids: string[]): void {
  const found = ids.filter((id) => document.getElementById(id) !== null);
  if (found.length > 0 && waiting.size === 0) {
    window.setTimeout(() => {
      const wanted = [...waiting];
      waiting.clear();
      turn = turn.then(() => fetched(wanted)).catch(() => announce(document.body.dataset["offline"] ?? ""));
    }, SOON_MS);
  }
  found.forEach((id) => waiting.add(id));
}

async function fetched(ids: string[]): Promise<void> {
  const answer = await fetch(location.href, {
    headers: { "HX-Request": "true", "HX-Target": ids.join(" ") },
    signal: AbortSignal.timeout(LATE_MS),
  });
  if (answer.status === 401) {
    location.reload(); // signed out meanwhile: the server knows where to
  }
  if (!answer.ok || answer.redirected) {
    return;
  }
  const page = await answer.text();
  for (const id of ids.filter((one) => document.getElementById(one) !== null)) {
    htmx.swap(`#${id}`, page, { swapStyle: "outerHTML", swapDelay: 0, settleDelay: 20 }, { select: `#${id}` });
  }
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
