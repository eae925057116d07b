/** «Ё» is typed as «е» as often as not; case and spaces say nothing. */
const plain = (words: string): string => words.toLocaleLowerCase("ru").replaceAll("ё", "е");

/** Whether a text has every word that was asked for, wherever it stands; a text has nothing of nothing asked. */
export function matcher(asked: string): (text: string) => boolean {
  const words = plain(asked)
    .split(/\s+/)
    .filter((word) => word !== "");
  return (text) => words.length > 0 && words.every((word) => plain(text).includes(word));
}
