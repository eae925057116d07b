/** «Ё» is typed as «е» as often as not, so letters are compared without their marks; case and spaces say nothing. */
const plain = (words: string): string =>
  words.toLocaleLowerCase("ru").normalize("NFD").replace(/\p{M}/gu, "");

/** Whether a text has every word that was asked for, wherever it stands; a text has nothing of nothing asked. */
export function matcher(asked: string): (text: string) => boolean {
  const words = plain(asked)
    .split(/\s+/)
    .filter((word) => word !== "");
  return (text) => words.length > 0 && words.every((word) => plain(text).includes(word));
}
