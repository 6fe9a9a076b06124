// The letters that these pages are written in, in two files of the page's own: the whole Korean of a surface
// takes 92 kB so, where it took up to 25 slices of 30 kB. What else stands on a page (names, what was said)
// comes from the slices, which hold letters by how common they are.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { convert } from "fontverter";
import subset from "subset-font";
import type { Plugin } from "vite";

const FONT = "node_modules/pretendard/dist/web/variable/woff2/PretendardVariable.woff2";
const LICENCE =
  "/*! Daedam UI: letters of Pretendard, Copyright (c) 2021 Kil Hyung-jin. SIL Open Font License 1.1, https://openfontlicense.org */";
const LATIN = [...Array.from({ length: 95 }, (_, at) => String.fromCodePoint(32 + at)), ..."·–—‘’“”…°×→←±−"].join("");
/** Weights that the style sheets use, and the letter forms that they ask for. */
const OPTIONS = {
  targetFormat: "sfnt",
  variationAxes: { wght: { min: 300, max: 700, default: 400 } },
  keepFeatures: ["kern", "tnum", "ss05", "ccmp", "locl", "mark"],
  noHinting: true,
} as const;
/** A changed font may not bear the name of the one that it was made of. Of the same length. */
const NAMES = ["Pretendard", "DaedamFont"] as const;

/** `sources`: files and folders whose Korean is that of the surface. */
export function ownLetters(sources: readonly string[]): Plugin {
  return {
    name: "own-letters",
    enforce: "post",
    async generateBundle(_, bundle) {
      const whole = readFileSync(FONT);
      const own = new Set<number>();
      let css = LICENCE;
      for (const [name, letters] of Object.entries({ latin: LATIN, hangul: hangulOf(sources) })) {
        const source = await convert(renamed(await subset(whole, letters, OPTIONS)), "woff2");
        const version = createHash("sha256").update(source).digest("hex").slice(0, 10);
        this.emitFile({ type: "asset", fileName: `${name}.woff2`, source });
        const codes = codesOf(letters);
        css += face(`${name}.woff2?v=${version}`, codes);
        codes.forEach((code) => own.add(code));
      }
      for (const asset of Object.values(bundle)) {
        if (asset.type === "asset" && asset.fileName.endsWith(".css")) {
          asset.source = css + without(own, String(asset.source));
        }
      }
    },
  };
}

/** Names stand in two bytes a letter; browsers take no font without any. */
function renamed(font: Buffer): Buffer {
  const [old, own] = NAMES.map((name) => [...name].map((letter) => `\0${letter}`).join(""));
  return Buffer.from(font.toString("latin1").replaceAll(old ?? "", own ?? ""), "latin1");
}

/** The slices without these letters: a browser that waits for a font fetches the next one in the list too. */
function without(own: ReadonlySet<number>, css: string): string {
  return css.replace(/@font-face\{[^}]*unicode-range:([^;}]*)[^}]*\}/g, (whole, ranges: string) => {
    const left = ranges.split(",").flatMap((span) => {
      const [from = "", to = from] = span.trim().slice(2).split("-");
      const first = Number.parseInt(from, 16);
      const codes = Array.from({ length: Number.parseInt(to, 16) - first + 1 }, (_, at) => first + at);
      return codes.filter((code) => !own.has(code));
    });
    return left.length === 0 ? "" : whole.replace(ranges, range(left));
  });
}

function face(file: string, codes: readonly number[]): string {
  const about = "font-style:normal;font-display:swap;font-weight:300 700";
  return `@font-face{font-family:Daedam UI;${about};src:url(./${file})format("woff2-variations");unicode-range:${range(codes)}}`;
}

function codesOf(letters: string): number[] {
  return [...new Set(letters)].map((one) => one.codePointAt(0) ?? 0);
}

/** `U+AC00-AC01,U+AC04`. */
function range(unsorted: readonly number[]): string {
  const codes = [...unsorted].sort((one, other) => one - other);
  const spans: [number, number][] = [];
  for (const code of codes) {
    const last = spans.at(-1);
    if (last !== undefined && last[1] === code - 1) {
      last[1] = code;
    } else {
      spans.push([code, code]);
    }
  }
  const hex = (code: number): string => code.toString(16);
  return spans.map(([from, to]) => `U+${hex(from)}${to > from ? `-${hex(to)}` : ""}`).join(",");
}

function hangulOf(sources: readonly string[]): string {
  return [...new Set(sources.map(textOf).join("").match(/[\uac00-\ud7a3\u3131-\u318e]/g))].sort().join("");
}

function textOf(source: string): string {
  return statSync(source).isDirectory()
    ? readdirSync(source).map((name) => textOf(join(source, name))).join("")
    : readFileSync(source, "utf8");
}
