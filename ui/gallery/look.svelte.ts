/** How the gallery is looked at. It stands in the address, so that any look can be opened again. */
export const looks = {
  language: ["ru", "en"],
  theme: ["light", "dark"],
  contrast: ["usual", "more"],
  letters: ["100", "200"],
  column: ["wide", "360"],
  /** What the whole app is in the middle of; read once, when the page opens. */
  moment: ["usual", "calm", "offline", "busy", "failed"],
} as const;

type Looks = typeof looks;
export type Aspect = keyof Looks;
export type Look = { [A in Aspect]: Looks[A][number] };
export type Moment = Look["moment"];

const aspects = Object.keys(looks) as Aspect[];

function read(): Look {
  const asked = new URLSearchParams(location.search);
  const chosen = aspects.map((aspect) => {
    const options: readonly string[] = looks[aspect];
    const one = asked.get(aspect) ?? "";
    return [aspect, options.includes(one) ? one : options[0]];
  });
  return Object.fromEntries(chosen) as Look;
}

export const look = $state(read());

export function choose(aspect: Aspect, value: string): void {
  const address = new URL(location.href);
  address.searchParams.set(aspect, value);
  if (aspect === "moment") {
    location.assign(address);
    return;
  }
  history.replaceState(null, "", address);
  Object.assign(look, read());
}
