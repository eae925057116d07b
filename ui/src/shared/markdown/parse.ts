/**
 * The Markdown that documents and materials are written in, as data.
 *
 * A city's answer may be hostile, so nothing here makes HTML: the tree is drawn by Svelte as text and known elements
 * only. Links keep https, http, mailto and tel; anything else stays as its words. Images are not drawn.
 */
export type Inline =
  | { kind: "text"; text: string }
  | { kind: "strong" | "emphasis"; children: Inline[] }
  | { kind: "code"; text: string }
  | { kind: "link"; href: string; children: Inline[] };

export type Block =
  | { kind: "heading"; level: number; children: Inline[] }
  | { kind: "paragraph"; children: Inline[] }
  | { kind: "quote"; blocks: Block[] }
  | { kind: "list"; ordered: boolean; start: number; items: Block[][] }
  | { kind: "table"; head: Inline[][]; rows: Inline[][][] }
  | { kind: "code"; text: string }
  | { kind: "rule" };

const DEPTH = 8;
const INLINE =
  /(`+)([^`]+?)\1|!?\[([^\]]*)\]\(\s*<?([^\s)>]*)>?[^)]*\)|(\*\*|__)(?=\S)([\s\S]*?\S)\5|(\*|_)(?=\S)([^*_]*?\S)\7(?![\p{L}\p{N}])|<(https?:\/\/[^\s>]+)>/u;

export function safeLink(href: string): string | null {
  // Control characters and spaces inside a scheme are how "java\tscript:" slips past a check.
  // eslint-disable-next-line no-control-regex
  const clean = href.replace(/[\u0000-\u0020\u007f-\u009f]/g, "");
  return /^(https?:\/\/|mailto:|tel:)/i.test(clean) ? clean : null;
}

export function parseInline(text: string, depth = 0): Inline[] {
  const out: Inline[] = [];
  let rest = text;
  while (rest !== "") {
    const found = depth < DEPTH ? INLINE.exec(rest) : null;
    if (found === null) break;
    if (found.index > 0) out.push({ kind: "text", text: unescape(rest.slice(0, found.index)) });
    const [whole, , code, label, target, , strong, , emphasis, auto] = found;
    if (code !== undefined) out.push({ kind: "code", text: code });
    else if (label !== undefined) {
      const href = whole.startsWith("!") ? null : safeLink(target ?? "");
      const children = parseInline(label, depth + 1);
      if (href === null) out.push(...children);
      else out.push({ kind: "link", href, children });
    } else if (strong !== undefined) out.push({ kind: "strong", children: parseInline(strong, depth + 1) });
    else if (emphasis !== undefined)
      out.push({ kind: "emphasis", children: parseInline(emphasis, depth + 1) });
    else if (auto !== undefined)
      out.push({ kind: "link", href: auto, children: [{ kind: "text", text: auto }] });
    rest = rest.slice(found.index + whole.length);
  }
  if (rest !== "") out.push({ kind: "text", text: unescape(rest) });
  return out;
}

const unescape = (text: string): string => text.replace(/\\([\\`*_{}[\]()#+\-.!|<>])/g, "$1");

const BULLET = /^( {0,3})([-*+]|\d{1,9}[.)])\s+(.*)$/;
const cells = (line: string): string[] =>
  line
    .trim()
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((cell) => cell.trim());

export function parse(source: string, depth = 0): Block[] {
  const lines = source.replace(/\r\n?/g, "\n").split("\n");
  const blocks: Block[] = [];
  let at = 0;
  const line = (): string => lines[at] ?? "";
  const more = (): boolean => at < lines.length;

  while (more()) {
    const current = line();
    if (current.trim() === "") {
      at++;
      continue;
    }
    if (/^\s*(```|~~~)/.test(current)) {
      const body: string[] = [];
      at++;
      while (more() && !/^\s*(```|~~~)/.test(line())) body.push(lines[at++] ?? "");
      at++;
      blocks.push({ kind: "code", text: body.join("\n") });
      continue;
    }
    const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(current);
    if (heading !== null) {
      at++;
      blocks.push({
        kind: "heading",
        level: heading[1]?.length ?? 1,
        children: parseInline(heading[2] ?? ""),
      });
      continue;
    }
    if (/^\s{0,3}([-*_])(\s*\1){2,}\s*$/.test(current)) {
      at++;
      blocks.push({ kind: "rule" });
      continue;
    }
    if (/^\s{0,3}>/.test(current) && depth < DEPTH) {
      const body: string[] = [];
      while (more() && /^\s{0,3}>/.test(line())) body.push((lines[at++] ?? "").replace(/^\s{0,3}>\s?/, ""));
      blocks.push({ kind: "quote", blocks: parse(body.join("\n"), depth + 1) });
      continue;
    }
    if (
      current.includes("|") &&
      /^\s*\|?[\s:|-]*-[\s:|-]*$/.test(lines[at + 1] ?? "") &&
      lines[at + 1]?.includes("|")
    ) {
      const head = cells(current).map((cell) => parseInline(cell));
      at += 2;
      const rows: Inline[][][] = [];
      while (more() && line().includes("|"))
        rows.push(cells(lines[at++] ?? "").map((cell) => parseInline(cell)));
      blocks.push({ kind: "table", head, rows });
      continue;
    }
    const bullet = BULLET.exec(current);
    if (bullet !== null && depth < DEPTH) {
      const ordered = /\d/.test(bullet[2] ?? "");
      const items: string[][] = [];
      while (more()) {
        const item = BULLET.exec(line());
        if (item !== null && /\d/.test(item[2] ?? "") === ordered) {
          items.push([item[3] ?? ""]);
          at++;
        } else if (/^\s{2,}\S/.test(line()) && items.length > 0) {
          items.at(-1)?.push(line().replace(/^\s{2,4}/, ""));
          at++;
        } else break;
      }
      blocks.push({
        kind: "list",
        ordered,
        start: ordered ? Number.parseInt(bullet[2] ?? "1", 10) : 1,
        items: items.map((body) => parse(body.join("\n"), depth + 1)),
      });
      continue;
    }
    const body: string[] = [];
    while (
      more() &&
      line().trim() !== "" &&
      (body.length === 0 || !(/^(#{1,6}\s|\s{0,3}>|\s*(```|~~~))/.test(line()) || BULLET.test(line())))
    )
      body.push(lines[at++] ?? "");
    blocks.push({ kind: "paragraph", children: parseInline(body.join(" ").trim()) });
  }
  return blocks;
}
