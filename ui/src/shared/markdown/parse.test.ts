import { expect, test } from "vitest";
import { parse, parseInline, safeLink } from "./parse";

test("a script stays words", () => {
  const [block] = parse("<script>alert(1)</script>");
  expect(block).toEqual({
    kind: "paragraph",
    children: [{ kind: "text", text: "<script>alert(1)</script>" }],
  });
});

test("only harmless links are links", () => {
  for (const href of [
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "//x",
  ])
    expect(safeLink(href)).toBeNull();
  expect(safeLink("https://example.org/a")).toBe("https://example.org/a");
  expect(safeLink("tel:115")).toBe("tel:115");
  expect(parseInline("[слово](javascript:alert)")).toEqual([{ kind: "text", text: "слово" }]);
});

test("images are not drawn", () => {
  expect(parseInline("![схема](https://example.org/a.png)")).toEqual([{ kind: "text", text: "схема" }]);
});

test("headings, lists, tables and quotes keep their shape", () => {
  const kinds = parse("# А\n\n- один\n- два\n\n1. раз\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> цитата").map(
    (block) => block.kind,
  );
  expect(kinds).toEqual(["heading", "list", "list", "table", "quote"]);
});

test("deep nesting and long noise end", () => {
  expect(parse(">".repeat(500) + " x").length).toBe(1);
  expect(parse("*_[(".repeat(5000)).length).toBe(1);
});
