import type { CityCard, Text } from "../../src/rpc/types";
import type { Resident } from "../../src/generated/Resident";

export const both = (ru: string, en: string): Text => ({ ru, en });

/** A Monday morning; every sample is told from here. */
export const NOW = "2026-11-23T09:00:00+03:00";

export const anna: Resident = {
  id: "anna",
  name: "Анна",
  birth_date: "1994-03-12",
  sex: "female",
  relation: "myself",
};
export const son: Resident = {
  id: "petya",
  name: "Петя",
  birth_date: "2026-11-13",
  sex: "male",
  relation: "child",
};
export const mother: Resident = {
  id: "galina",
  name: "Мама",
  birth_date: "1958-07-30",
  sex: "female",
  relation: "parent",
};

export const city: CityCard = {
  id: "demo",
  name: both("Зареченск", "Zarechensk"),
  address: "https://city.example",
  demo: true,
  map: "https://map.example/?q={address}",
  help: both("+7 495 000-00-00, ежедневно с 8 до 20", "+7 495 000-00-00, daily from 8 to 20"),
};
