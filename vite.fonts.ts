// The letters that these pages are written in, in two files of the page's own: the whole Korean of a surface
// takes 92 kB so, where it took up to 25 slices of 30 kB. What else stands on a page (names, what was said)
// comes from the slices, which hold letters by how common they are.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import subset from "subset-font";
import type { Plugin } from "vite";

const FONT = "node_modules/pretendard/dist/web/variable/woff2/PretendardVariable.woff2";
const LICENCE =
  "/*! Daedam UI: letters of Pretendard, Copyright (c) 2021 Kil Hyung-jin. SIL Open Font License 1.1, https://openfontlicense.org */";
const LATIN = [...Array.from({ length: 95 }, (_, at) => String.fromCodePoint(32 + at)), ..."·–—‘’“”…°×→←±−"].join("");
/** Weights that the style sheets use, and the letter forms that they ask for. */
const OPTIONS = {
  targetFormat: "woff2",
  variationAxes: { wght: { min: 300, max: 700, default: 400 } },
  keepFeatures: ["kern", "tnum", "ss05", "ccmp", "locl", "mark"],
  noHinting: true,
  // A changed font may not bear the name of the one that it was made of.
  dropTables: ["name"],
} as const;

/** `sources`: files and folders whose Korean is that of the surface. */
export function ownLetters(sources: readonly string[]): Plugin {
  return {
    name: "own-letters",
    enforce: "post",
    async generateBundle(_, bundle) {
      const whole = readFileSync(FONT);
      let css = LICENCE;
      for (const [name, letters] of Object.entries({ latin: LATIN, hangul: hangulOf(sources) })) {
        const source = await subset(whole, letters, OPTIONS);
        const version = createHash("sha256").update(source).digest("hex").slice(0, 10);
        this.emitFile({ type: "asset", fileName: `${name}.woff2`, source });
        css += face(`${name}.woff2?v=${version}`, letters);
      }
      for (const asset of Object.values(bundle)) {
        if (asset.type === "asset" && asset.fileName.endsWith(".css")) {
          asset.source = css + String(asset.source);
        }
      }
    },
  };
}

function face(file: string, letters: string): string {
  const about = "font-style:normal;font-display:swap;font-weight:300 700";
  return `@font-face{font-family:Daedam UI;${about};src:url(./${file})format("woff2-variations");unicode-range:${range(letters)}}`;
}

/** `U+AC00-AC01,U+AC04`. */
function range(letters: string): string {
  const codes = [...new Set(letters)].map((one) => one.codePointAt(0) ?? 0).sort((one, other) => one - other);
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
