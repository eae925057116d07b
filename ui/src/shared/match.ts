/** «Ё» is typed as «е» as often as not, so letters are compared without their marks; case and spaces say nothing. */
export const plain = (words: string): string =>
  words.toLocaleLowerCase("ru").normalize("NFD").replace(/\p{M}/gu, "");

/** What is looked for, word by word. */
export const wordsOf = (asked: string): string[] =>
  plain(asked)
    .split(/\s+/)
    .filter((word) => word !== "");

/** Whether a text has every word that was asked for, wherever it stands; a text has nothing of nothing asked. */
export function matcher(asked: string): (text: string) => boolean {
  const words = wordsOf(asked);
  return (text) => words.length > 0 && words.every((word) => plain(text).includes(word));
}
