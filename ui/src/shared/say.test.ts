import { expect, test } from "vitest";
import { t } from "../i18n/words.svelte";
import { stateWords } from "./say";

test("nobody is booked before the city knows of it", () => {
  expect(stateWords({ state: "booked", pending: "waiting" })).toBe(t("state-agreed"));
  expect(stateWords({ state: "booked", pending: null })).toBe(t("state-booked"));
  expect(stateWords({ state: "held", pending: "refused" })).toBe(t("state-held"));
});
