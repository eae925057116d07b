import type { Component } from "svelte";
import Buttons from "./Buttons.svelte";
import Calendar from "./Calendar.svelte";
import CardPages from "./CardPages.svelte";
import CardParts from "./CardParts.svelte";
import Choices from "./Choices.svelte";
import Colours from "./Colours.svelte";
import Dialogs from "./Dialogs.svelte";
import Fields from "./Fields.svelte";
import Help from "./Help.svelte";
import Icons from "./Icons.svelte";
import Letters from "./Letters.svelte";
import Me from "./Me.svelte";
import Measures from "./Measures.svelte";
import Messages from "./Messages.svelte";
import Offers from "./Offers.svelte";
import Path from "./Path.svelte";
import Prose from "./Prose.svelte";
import Steps from "./Steps.svelte";
import Today from "./Today.svelte";
import WayIn from "./WayIn.svelte";

/** In the order of the page. */
export const groups: Record<string, Component<{ name: string }>> = {
  Colours,
  Letters,
  Measures,
  Icons,
  Buttons,
  Choices,
  Fields,
  Messages,
  Prose,
  Steps,
  Offers,
  "Parts of a card": CardParts,
  "Pages of a card": CardPages,
  Dialogs,
  Help,
  Calendar,
  Path,
  Me,
  "The way in": WayIn,
  "The screen of today": Today,
};
