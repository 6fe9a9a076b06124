// The few lines of DOM that the screens are made of.

type Child = Node | string | null;
type Attributes = Record<string, string | boolean | EventListener>;

/** An element: strings become attributes, functions become listeners ("click", ...). */
export function h<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(key, value);
    } else if (typeof value === "boolean") {
      element.toggleAttribute(key, value);
    } else {
      element.setAttribute(key, value);
    }
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** An icon of the sprite; the words beside it say what it means. */
export function icon(name: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `static/build/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** Changes the text only where it differs, so that live regions speak once. */
export function say(element: Element, text: string): void {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** A large button: an icon and a word. */
export function button(
  look: "primary" | "quiet",
  name: string,
  label: string,
  onPress: () => void,
): HTMLButtonElement {
  return h("button", { type: "button", class: `button ${look}`, click: onPress }, icon(name), label);
}
