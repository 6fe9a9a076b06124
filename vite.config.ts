// Two bundles from one configuration: `vite build --mode dashboard` and `--mode kiosk`. Each is one
// script with its parts, one style sheet, one icon sprite and the font (`vite.fonts.ts`); nothing is inlined (the pages run
// under a Content-Security-Policy without inline content) and nothing is fetched from elsewhere.
import { readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";
import { ownLetters } from "./vite.fonts";

interface Surface {
  entry: string;
  outDir: string;
  /** Where the words of its pages stand. */
  words: readonly string[];
  icons: readonly string[];
}

const SURFACES: Record<string, Surface> = {
  dashboard: {
    entry: "central/dashboard/ui/dashboard.ts",
    outDir: "central/dashboard/static/build",
    words: ["central/dashboard/locales/ko/LC_MESSAGES/pages.po", "central/dashboard/korean.py", "central/language/bank"],
    icons: [
      "activity", "arrow-left", "arrow-right", "calendar-plus", "chart-line", "circle", "circle-check",
      "circle-dashed", "circle-dot", "circle-help", "circle-pause", "circle-stop", "circle-x", "clock", "door-open", "file-text", "film",
      "ban", "copy", "globe", "hand", "headphones", "key-round", "info", "list-checks", "log-out", "message-square-plus",
      "message-square-quote", "lock", "minus", "octagon-alert", "play", "plus", "printer", "rotate-ccw", "send", "server",
      "shield-alert", "skip-forward", "triangle-alert", "upload", "user-round", "users-round", "waypoints",
      "wifi-off", "volume-2", "corner-down-right", "notebook-pen", "thumbs-up", "wrench",
    ],
  },
  kiosk: {
    entry: "edge_agent/kiosk/ui/kiosk.ts",
    outDir: "edge_agent/kiosk/static/build",
    words: ["edge_agent/kiosk/ui/messages.ts", "edge_agent/interview/words.py", "central/language/bank"],
    icons: [
      "arrow-right", "captions", "captions-off", "check", "circle-check", "circle-dashed", "delete", "qr-code", "video", "volume-x", "circle-help", "circle-pause", "clock", "play",
      "cloud-upload", "eye-off", "file-check", "hand", "info", "megaphone", "mic", "repeat",
      "minus", "pencil", "plus", "scan-eye", "skip-forward", "triangle-alert", "undo-2", "user-round-check", "volume-2", "wifi", "wifi-off",
    ],
  },
};

/** One SVG file of `<symbol>`s, used as `<use href="icons.svg#name">`. */
function sprite(names: readonly string[]): Plugin {
  const symbol = (name: string): string => {
    const svg = readFileSync(`node_modules/lucide-static/icons/${name}.svg`, "utf8");
    const body = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
    const look = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"';
    return `<symbol id="${name}" viewBox="0 0 24 24" ${look}>${body.replace(/\s+/g, " ")}</symbol>`;
  };
  return {
    name: "icon-sprite",
    generateBundle() {
      const source = `<svg xmlns="http://www.w3.org/2000/svg">${names.map(symbol).join("")}</svg>`;
      this.emitFile({ type: "asset", fileName: "icons.svg", source });
    },
  };
}

export default defineConfig(({ mode }) => {
  const surface = SURFACES[mode];
  if (surface === undefined) {
    throw new Error(`unknown surface "${mode}": use --mode dashboard or --mode kiosk`);
  }
  return {
    base: "./",
    publicDir: false,
    plugins: [sprite(surface.icons), ownLetters(surface.words)],
    build: {
      outDir: surface.outDir,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      target: ["chrome123", "firefox121", "safari17.5"],
      modulePreload: false,
      rollupOptions: {
        input: { [mode]: surface.entry },
        output: {
          entryFileNames: "[name].js",
          // Else the parts take it from the entry, whose address in a page bears a version: it would run twice.
          // What every page needs is fetched with it, before the page is whole: htmx begins only then.
          advancedChunks: {
            groups: [
              { name: "loading", test: /preload-helper/ },
              { name: "main", test: /htmx|dashboard\/ui\/(main|fragments|channel|events|desk|drafts|outbox|playing|rooms)\.ts$/ },
            ],
          },
          assetFileNames: (asset) =>
            asset.names.some((name) => name.endsWith(".css")) ? `${mode}.css` : "assets/[name]-[hash][extname]",
        },
      },
    },
  };
});
