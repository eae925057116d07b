// How long a way takes a person, reckoned: what has to be read on it and what has to be pressed. The numbers are others':
// - Reading: 184 words a minute, the mean of normally sighted readers aloud in 17 languages, Russian and English among them
//   (S. Trauzettel-Klosinski, K. Dietz, "Standardized Assessment of Reading Performance: The New International Reading Speed
//   Texts IReST", Investigative Ophthalmology & Visual Science 53(9), 2012). To oneself one reads faster.
// - Pressing: the keystroke-level model: to make up one's mind 1.35 s, to point 1.10 s, to press and let go 0.20 s
//   (S. K. Card, T. P. Moran, A. Newell, "The Keystroke-Level Model for User Performance Time with Interactive Systems",
//   Communications of the ACM 23(7), 1980).
const WORDS_A_MINUTE = 184;
const MIND = 1.35;
const POINT = 1.1;
const CLICK = 0.2;

export const reading = (words) => (words.length / WORDS_A_MINUTE) * 60;
export const pressing = (presses) => presses * (MIND + POINT + CLICK);

/**
 * Runs in the page: the words a person reads from its beginning to the thing they press, which says what it does, and what it
 * is described by. What is folded or hidden is read by nobody, and of what comes after nobody needs to know.
 */
export function wordsUpTo(selector) {
  const end = [...document.querySelectorAll(selector)].find((it) => it.checkVisibility());
  const described = (end.getAttribute("aria-describedby") ?? "").split(" ").map((id) => id && document.getElementById(id)).filter(Boolean);
  const read = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    const before = end.contains(holder) || (end.compareDocumentPosition(holder) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
    if (!before && !described.some((it) => it.contains(holder))) continue;
    if (holder.closest("script, style, option, .visually-hidden, [data-passing]")) continue;
    if (holder.checkVisibility({ visibilityProperty: true })) read.push(node.textContent);
  }
  return read.join(" ").split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
}
