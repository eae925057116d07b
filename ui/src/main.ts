import { mount } from "svelte";
import App from "./App.svelte";
import "./shared/tokens.css";
import "./shared/base.css";
import { listenForPaper } from "./shared/paper";
import "./shared/paper.css";
import { listenForStale } from "./rpc/query.svelte";

const target = document.getElementById("app");
if (target !== null) mount(App, { target });
listenForStale();
listenForPaper();
