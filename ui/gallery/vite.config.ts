// The gallery is a site of its own: nothing of it gets into the app's bundle.
import { resolve } from "node:path";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

const here = import.meta.dirname;
const target = resolve(here, "../..", process.env["CARGO_TARGET_DIR"] ?? "target");
const display = process.env["DISPLAY"] ?? process.env["WAYLAND_DISPLAY"] ?? "";

export default defineConfig({
  root: here,
  publicDir: resolve(here, "../public"),
  plugins: [svelte({ configFile: resolve(here, "../svelte.config.js") })],
  base: "./",
  build: {
    outDir: resolve(target, "gallery"),
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
  },
  server: { host: "127.0.0.1" },
  preview: { host: "127.0.0.1", open: display !== "" },
  clearScreen: false,
});
