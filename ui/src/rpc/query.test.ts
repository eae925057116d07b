import { beforeEach, expect, test, vi } from "vitest";
import { useDoor } from "../platform/door";
import { forget, Query, readAhead, stale } from "./query.svelte";

let waiting: ((answer: unknown) => void)[];

/** The door answers the oldest call. */
async function answer(value: unknown): Promise<void> {
  waiting.shift()?.(value);
  await new Promise((done) => setTimeout(done));
}

beforeEach(() => {
  waiting = [];
  useDoor({ call: () => new Promise((done) => waiting.push(done)), listen: () => {} });
});

test("what goes stale again and again while it is being asked is asked once more", async () => {
  const query = new Query("today", {}, ["today"]);
  const whole = query.refetch();
  void query.refetch();
  void query.refetch();
  expect(waiting).toHaveLength(1);
  await answer("old");
  expect(waiting).toHaveLength(1);
  await answer("new");
  await whole;
  expect([query.value, waiting.length]).toEqual(["new", 0]);
});

test("an answer that goes stale on its way is shown until the next one is there", async () => {
  const query = new Query("me", {}, ["me"]);
  void query.refetch();
  void query.refetch();
  await answer("first");
  expect(query.value).toBe("first");
  await answer("second");
  expect(query.value).toBe("second");
});

test("what a command answered is not turned back by an answer that was on its way before", async () => {
  const query = new Query("session", {}, ["session"]);
  void query.refetch();
  query.set("by the command" as never);
  await answer("from before");
  expect(query.value).toBe("by the command");
});

test("what one resident asked for is not shown to the next", async () => {
  const query = new Query("calendar", {}, ["calendar"]);
  void query.refetch();
  forget();
  await answer("hers");
  expect(query.value).toBeUndefined();
  await answer("his");
  expect(query.value).toBe("his");
});

test("a call that failed is asked again by the next look", async () => {
  const query = new Query("path", {}, ["path"]);
  useDoor({ call: () => Promise.reject({ code: "offline" }), listen: () => {} });
  await query.refetch();
  expect(query.error?.code).toBe("offline");
  useDoor({ call: () => Promise.resolve("here"), listen: () => {} });
  const end = query.attach();
  await new Promise((done) => setTimeout(done));
  end();
  expect([query.value, query.error]).toEqual(["here", undefined]);
});

test("what costs much is asked again at rest, and not at all when nobody looks any more", async () => {
  vi.useFakeTimers();
  const query = new Query("life", {}, ["path"], 400);
  const end = query.attach();
  waiting.shift()?.("drawn");
  await vi.advanceTimersByTimeAsync(0);
  stale(["path"]);
  expect(waiting).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(400);
  expect(waiting).toHaveLength(1);
  waiting.shift()?.("drawn anew");
  await vi.advanceTimersByTimeAsync(0);
  stale(["path"]);
  end();
  await vi.advanceTimersByTimeAsync(400);
  vi.useRealTimers();
  expect([query.value, waiting.length]).toEqual(["drawn anew", 0]);
});

test("what the next tap may bring up is read at rest, one after the other, and what is known is not read again", async () => {
  forget();
  vi.useFakeTimers();
  const known = new Query("today", {}, ["today"]);
  known.set("known" as never);
  const [path, life] = [new Query("path", {}, ["path"]), new Query("life", {}, ["path"])];
  const end = readAhead([known, path, life]);
  expect(waiting).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(400);
  expect(waiting).toHaveLength(1);
  waiting.shift()?.("steps");
  await vi.advanceTimersByTimeAsync(0);
  expect(waiting).toHaveLength(1);
  end();
  waiting.shift()?.("milestones");
  await vi.advanceTimersByTimeAsync(0);
  expect(new Query("path", {}, ["path"]).value).toBe("steps");

  readAhead([new Query("me", {}, ["me"])])();
  await vi.advanceTimersByTimeAsync(400);
  vi.useRealTimers();
  expect([life.value, waiting.length]).toEqual(["milestones", 0]);
});
