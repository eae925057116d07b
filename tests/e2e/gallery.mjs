// The gallery of components (`make gallery`), built anew and served as it is to a developer.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { openPage } from "./browser.mjs";
import { root } from "./paths.mjs";

const configFile = join(root, "ui/gallery/vite.config.ts");

export async function openGallery() {
  const vite = pathToFileURL(createRequire(join(root, "ui/package.json")).resolve("vite"));
  const { build, preview } = await import(vite);
  await build({ configFile, logLevel: "warn" });
  const server = await preview({ configFile, logLevel: "warn", preview: { port: 0, open: false } });
  return { address: server.resolvedUrls.local[0], close: () => server.close() };
}

/** The gallery in a look, once everything in it has taken its pose; what the console complains of is in `trouble`. */
export async function lookAt(browser, gallery, look, size) {
  const page = await openPage(browser, null, size);
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) page.trouble.push(message.text());
  });
  await page.goto(`${gallery.address}?${new URLSearchParams(look)}`);
  await page.waitForSelector("html[data-posed]");
  return page;
}

/** The same page in another look, by its switches. */
export async function turn(page, look) {
  for (const [aspect, value] of Object.entries(look))
    await page.locator(`select[name=${aspect}]`).selectOption(value);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}
