import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowser } from "./browser.mjs";

test("Chromium opens a page and reads Russian", async () => {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    await page.setContent('<meta charset="utf-8"><button>Принять</button>');
    assert.equal(await page.getByRole("button", { name: "Принять" }).count(), 1);
  } finally {
    await browser.close();
  }
});
