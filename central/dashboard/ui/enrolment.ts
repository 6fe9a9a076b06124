// The page that shows a token once: a button that copies it, and how long it is still good.

export function enrolmentToken(): void {
  const button = document.querySelector<HTMLButtonElement>("[data-copy]");
  const text = document.getElementById(button?.dataset["copy"] ?? "") as HTMLTextAreaElement | null;
  if (button && text) {
    button.hidden = false;
    button.addEventListener("click", () => void copy(button, text));
  }
  const left = document.querySelector<HTMLElement>("[data-until]");
  if (left) {
    count(left);
    setInterval(() => count(left), 10_000);
  }
}

/** Over plain HTTP there is no clipboard: then the text is selected, ready for Ctrl-C. */
async function copy(button: HTMLButtonElement, text: HTMLTextAreaElement): Promise<void> {
  text.focus();
  text.select();
  try {
    await navigator.clipboard.writeText(text.value);
  } catch {
    return;
  }
  const copied = button.dataset["copied"] ?? "";
  for (const place of [document.getElementById("said"), button.querySelector("span")]) {
    if (place) {
      place.textContent = copied;
    }
  }
}

function count(left: HTMLElement): void {
  const ms = Number(left.dataset["until"]) - Date.now();
  const words = ms > 0 ? left.dataset["words"] : left.dataset["over"];
  left.textContent = (words ?? "").replace("{left}", String(Math.ceil(ms / 60_000)));
}
