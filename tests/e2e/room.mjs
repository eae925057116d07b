// Words have room where they are: with letters twice as large, and where a language needs more letters for the same.
import { crowded } from "./crowded.mjs";
import { drawn } from "./screens.mjs";

/** So much longer are the words of a language that is longer than both of ours. */
const LONGER = 0.35;

/** What is cut or lies on other words at letters twice as large; and, at letters of the usual size, with words a third longer. */
export async function roomless(page, within = "body") {
  const size = async (percent) => {
    await page.evaluate((percent) => (document.documentElement.style.fontSize = percent), percent);
    await drawn(page);
  };
  await size("200%");
  const large = await crowded(page, within);
  await size("");
  await page.evaluate(stretch, LONGER);
  const long = await crowded(page, within);
  await page.evaluate(() => window.shorten());
  return [...large.map((one) => `twice as large: ${one}`), ...long.map((one) => `a third longer: ${one}`)];
}

/** Runs in the page. Hints in fields stay as they are. A picture places its words by their length, and is asked about at letters twice as large only. */
function stretch(share) {
  const longer = (words) => words.replaceAll(/\p{L}{2,}/gu, (word) => word + "о".repeat(Math.ceil(word.length * share)));
  const back = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest("svg, script, style, textarea") || node.data.trim() === "") continue;
    const [text, was] = [node, node.data];
    const now = (text.data = longer(was));
    back.push(() => text.data === now && (text.data = was));
  }
  window.shorten = () => back.forEach((restore) => restore());
}
