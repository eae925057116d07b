import { parse, type Block, type Inline } from "./parse";

/** The words of a document as one line, without what only draws them. */
export function wordsOfMarkdown(source: string): string {
  return parse(source).map(ofBlock).join(" ").replace(/\s+/g, " ").trim();
}

const ofInlines = (all: readonly Inline[]): string =>
  all.map((one) => ("text" in one ? one.text : ofInlines(one.children))).join("");

function ofBlock(block: Block): string {
  switch (block.kind) {
    case "heading":
      // A heading names what comes after it.
      return `${ofInlines(block.children)}:`;
    case "paragraph":
      return ofInlines(block.children);
    case "quote":
      return block.blocks.map(ofBlock).join(" ");
    case "list":
      return block.items.flat().map(ofBlock).join(" ");
    case "table":
      return [block.head, ...block.rows].flat().map(ofInlines).join(" ");
    case "code":
      return block.text;
    case "rule":
      return "";
  }
}
