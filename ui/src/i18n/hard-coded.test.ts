// @vitest-environment node
import { join } from "node:path";
import { ESLint } from "eslint";
import { expect, test } from "vitest";

const ui = join(import.meta.dirname, "../..");
const lint = new ESLint({ cwd: ui });

/** What the lint of the components says of a template, by line. */
async function lines(template: string): Promise<number[]> {
  const [result] = await lint.lintText(
    `<script lang="ts">\n  let a: string = "No word of it is shown";\n</script>\n${template}`,
    {
      filePath: join(ui, "src/Planted.svelte"),
    },
  );
  return (result?.messages ?? []).map(({ line }) => line);
}

test.each([
  ["a text", "<p>Hello</p>"],
  ["a text in a block", "{#if a}Hello{/if}"],
  ["a text in quotes", '<p>{"Hello"}</p>'],
  ["a text that is chosen", '<p>{a ? "Hello" : "Bye"}</p>'],
  ["a name that is read out", '<button aria-label="Close">×</button>'],
  ["a hint", '<input placeholder="Search" />'],
  ["a picture in words", '<img src="a.svg" alt="A map" />'],
  ["a label of a component", '<Switch label="Notifications" />'],
])("%s planted in a template is found", async (_, template) => {
  expect(await lines(template)).not.toEqual([]);
});

test("signs, names, what is filled in and what nobody reads are not", async () => {
  const template =
    '<p class="small">{a} · 10 ×</p><p>Vekha</p><img src="icon.svg" alt="" /><p title={a}></p>';
  expect(await lines(template)).toEqual([]);
});
