import { expect, test } from "vitest";
import { contrast } from "./contrast";

test("black on white has all the contrast there is, whichever comes first", () => {
  expect(contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)")).toBeCloseTo(21);
  expect(contrast("rgb(255, 255, 255)", "rgb(0, 0, 0)")).toBeCloseTo(21);
});
test("a colour on itself has none", () => {
  expect(contrast("rgb(31, 95, 91)", "rgb(31, 95, 91)")).toBeCloseTo(1);
});
test("the grey that just passes for text passes", () => {
  expect(contrast("rgb(118, 118, 118)", "rgb(255, 255, 255)")).toBeCloseTo(4.54, 2);
});
