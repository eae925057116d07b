import type { Today } from "../../src/rpc/types";
import { late, offers, states, steps } from "./cards";
import { both } from "./people";
import { questions } from "./questions";

export const undo = {
  thing: "offer/undo",
  until: "2026-11-23T09:00:24+03:00",
  words: both("Вы записаны на завтра в 10:00", "You are booked for tomorrow at 10:00"),
};

export const calm: Today = {
  as_of: "2026-11-23T08:40:00+03:00",
  offers: [],
  next: [],
  done_by_city: [],
  late: [],
  waiting: [],
  calm: states.booked,
  notices: [],
  questions: [],
  ask_hard_news: false,
  undo: null,
};

export const full: Today = {
  ...calm,
  offers: [offers.usual],
  next: [
    ...Object.values(states).filter(({ state }) =>
      ["upcoming", "open", "due_soon", "booked"].includes(state),
    ),
    ...Object.values(steps).slice(0, 4),
  ],
  done_by_city: [{ ...states.done, action: "issue" }],
  late: Object.values(late),
  waiting: [{ ...steps["waiting to be sent"], id: "waits" }],
  notices: [
    {
      id: "clock",
      title: both("Часы этого устройства спешат", "The clock of this device is fast"),
      body: both("План идёт по часам города.", "The plan goes by the city’s clock."),
      at: null,
      card: null,
    },
    {
      id: "condolence/1",
      title: both("Соболезнуем вашей утрате", "We are sorry for your loss"),
      body: both(
        "Мы ничего не будем присылать. Если нужна помощь, человек на связи.",
        "We will send nothing. A person is there if you need help.",
      ),
      at: null,
      card: null,
    },
    {
      id: "cancelled/1",
      title: both("Приём отменён поликлиникой", "The clinic has cancelled a visit"),
      body: both(
        "Врач заболел. Мы ищем другое время.",
        "The doctor is ill. We are looking for another time.",
      ),
      at: "2026-11-24T10:00:00+03:00",
      card: states.booked.id,
    },
  ],
  questions: Object.values(questions),
  undo,
};
