// What somebody is typing outlives a reload of its page, until it was sent. Kept for this tab alone: a
// computer that others use forgets it with the tab.

const PREFIX = "daedam.draft.";

/** Fields with `data-draft`, its value the name of the draft. */
export function drafts(): void {
  restore();
  document.addEventListener("input", (event) => {
    const field = event.target as Element;
    if (isDraft(field)) {
      keep(field);
    }
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const { successful, elt } = (event as CustomEvent<{ successful: boolean; elt: Element }>).detail;
    for (const field of successful ? elt.querySelectorAll("[data-draft]") : []) {
      sessionStorage.removeItem(PREFIX + (field as HTMLElement).dataset["draft"]);
    }
  });
  document.body.addEventListener("htmx:afterSettle", restore);
}

type Field = HTMLInputElement | HTMLTextAreaElement;

function isDraft(field: Element): field is Field {
  return field.matches("input[data-draft], textarea[data-draft]");
}

function keep(field: Field): void {
  try {
    sessionStorage.setItem(PREFIX + field.dataset["draft"], field.value);
  } catch {
    return; // full or forbidden: it stands in the field
  }
}

function restore(): void {
  for (const field of document.querySelectorAll<Field>("[data-draft]")) {
    if (field.value === "" && field !== document.activeElement) {
      field.value = sessionStorage.getItem(PREFIX + field.dataset["draft"]) ?? "";
    }
  }
}
