import { mount } from "svelte";
import { useDoor } from "../src/platform/door";
import "../src/shared/tokens.css";
import "../src/shared/base.css";
import { samplesDoor } from "./door";
import Gallery from "./Gallery.svelte";
import { look } from "./look.svelte";
import { repeatForClasses } from "./pseudo";

// In the page a dialog stands where it is shown; one that was opened is a dialog.
const showModal = HTMLDialogElement.prototype.showModal;
HTMLDialogElement.prototype.showModal = function () {
  if (this.closest("[data-specimen]") === null) showModal.call(this);
  else this.open = true;
};

useDoor(samplesDoor(look.moment));
if (location.hash === "") location.replace("#/card/chosen");
repeatForClasses(document.styleSheets);

const target = document.getElementById("gallery");
if (target !== null) mount(Gallery, { target });
