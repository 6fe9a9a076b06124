// Pages that take a file in, a video or a résumé: sends it with its progress, then follows what becomes of it.
import { announce, refresh } from "./fragments";
import { fill } from "./events";

const LOOK_AGAIN_MS = 3_000;
/** Screen readers hear of the upload at every quarter. */
const SAID_EVERY = 25;

/** `part`: the id of what is fetched again; its heading is `<part>-title`. */
export function upload(part: string): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form instanceof HTMLFormElement && form.matches("[data-upload]")) {
      event.preventDefault();
      send(form, part);
    }
  });
  let shown = shownPart(part)?.dataset["state"];
  setInterval(() => {
    if (!document.hidden && shownPart(part)?.dataset["active"] !== undefined) {
      refresh(part);
    }
  }, LOOK_AGAIN_MS);
  document.body.addEventListener("htmx:afterSettle", () => {
    const { state, said } = shownPart(part)?.dataset ?? {};
    if (state !== undefined && state !== shown) {
      announce(said ?? "");
      focusLost(part);
    }
    shown = state;
  });
}

function shownPart(part: string): HTMLElement | null {
  return document.getElementById(part);
}

/** The form is gone with the button that was pressed: the keyboard goes on at the heading. */
function focusLost(part: string): void {
  if (document.activeElement === document.body) {
    document.getElementById(`${part}-title`)?.focus();
  }
}

function send(form: HTMLFormElement, part: string): void {
  const file = form.querySelector<HTMLInputElement>("input[type=file]")?.files?.[0];
  if (file === undefined) {
    return;
  }
  tell(form, "");
  if (file.size > Number(form.dataset["most"])) {
    tell(form, form.dataset["large"] ?? "");
    return;
  }
  const token = form.querySelector<HTMLInputElement>("[name=_csrf_token]")?.value ?? "";
  const request = new XMLHttpRequest();
  request.open("POST", `${form.action}?${query(form)}`);
  request.setRequestHeader("content-type", "application/octet-stream");
  request.setRequestHeader("x-csrftoken", token);
  // A session that has ended is answered with 401, not with the page of the login.
  request.setRequestHeader("hx-request", "true");
  request.upload.addEventListener("progress", (event) => progress(form, (event.loaded / event.total) * 100));
  request.addEventListener("load", () => answered(form, request, part));
  request.addEventListener("error", () => tell(form, form.dataset["broken"] ?? ""));
  request.addEventListener("loadend", () => busy(form, null));
  busy(form, request);
  progress(form, 0);
  request.send(file);
}

/** Everything but the file and the token. */
function query(form: HTMLFormElement): string {
  const wanted = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && name !== "_csrf_token") {
      wanted.append(name, value);
    }
  }
  return wanted.toString();
}

function answered(form: HTMLFormElement, request: XMLHttpRequest, part: string): void {
  if (request.status === 202) {
    refresh(part);
    return;
  }
  if (request.status === 401) {
    location.assign("/login");
    return;
  }
  const answer = new DOMParser().parseFromString(request.responseText, "text/html");
  tell(form, answer.querySelector("[data-problem]")?.textContent?.trim() || (form.dataset["broken"] ?? ""));
}

function busy(form: HTMLFormElement, request: XMLHttpRequest | null): void {
  const [submit, stop, bar] = [
    form.querySelector<HTMLButtonElement>("[type=submit]"),
    form.querySelector<HTMLButtonElement>("[data-stop]"),
    form.querySelector<HTMLElement>("#upload-progress"),
  ];
  const sending = request !== null;
  window.onbeforeunload = sending ? (event) => event.preventDefault() : null;
  if (submit && stop && bar) {
    const held = document.activeElement;
    stop.hidden = bar.hidden = !sending;
    stop.onclick = () => request?.abort();
    if (held === submit && sending) {
      stop.focus();
    }
    submit.disabled = sending;
    if (held === stop && !sending) {
      submit.focus();
    }
  }
}

function progress(form: HTMLFormElement, percent: number): void {
  const whole = Math.floor(percent);
  const [bar, number, said] = [
    form.querySelector<HTMLProgressElement>("#upload"),
    form.querySelector<HTMLElement>("#upload-progress output"),
    form.querySelector<HTMLElement>("#upload-said"),
  ];
  if (bar && number && said) {
    bar.value = whole;
    number.textContent = `${whole}%`;
    const quarter = whole - (whole % SAID_EVERY);
    const sentence = fill(said.dataset["words"] ?? "", { share: quarter });
    if (said.textContent !== sentence) {
      said.textContent = sentence;
    }
  }
}

function tell(form: HTMLFormElement, text: string): void {
  const place = form.querySelector<HTMLElement>("#upload-problem");
  const words = place?.querySelector("span");
  if (place && words) {
    words.textContent = text;
    place.hidden = text === "";
  }
}
