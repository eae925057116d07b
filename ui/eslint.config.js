// What a resident reads stands in Fluent files. Russian in the code is found by `xtask strings`; in the components this finds
// words of any language: between the tags, and in the attributes that are read out or shown.
import intlify from "@intlify/eslint-plugin-svelte";
import typescript from "@typescript-eslint/parser";
import svelte from "svelte-eslint-parser";

const READ = ["aria-label", "aria-description", "aria-roledescription", "title", "placeholder", "alt"];
/** The properties of our own components that are shown as they are. */
const SHOWN = ["label", "legend", "note", "give", "words"];

export default [
  {
    files: ["src/**/*.svelte"],
    languageOptions: { parser: svelte, parserOptions: { parser: typescript } },
    linterOptions: { reportUnusedDisableDirectives: "off" },
    plugins: { "@intlify/svelte": intlify },
    rules: {
      "@intlify/svelte/no-raw-text": [
        "error",
        {
          attributes: { "/^/": [...READ, ...SHOWN] },
          // Signs, digits and spaces are the same in every language.
          ignorePattern: "^[^\\p{L}]*$",
          // Names, which no language translates.
          ignoreText: ["Vekha", ".ics"],
        },
      ],
    },
  },
];
