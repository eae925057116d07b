// A demo city of its own (`vekha-city serve --demo`), whoever makes things happen in it, and the laboratory.
import { rmSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { freePort } from "./paths.mjs";
import { startProgram } from "./program.mjs";

/** The morning of a working day: every date in the stories follows from it. */
export const MORNING = "2026-11-23T10:00+03:00";

/** With `network` the city is reached through that wire only; its operator and the laboratory sit behind it, in town. */
export async function openCity({ folder, now = MORNING, network } = {}) {
  const port = await freePort();
  const args = ["serve", "--listen", `127.0.0.1:${port}`, "--data", join(folder, "city"), "--demo", "--now", now];
  if (network) {
    network.leadTo(port);
    args.push("--public-url", network.url);
  }
  let program = await startProgram("vekha-city", args);
  const ask = (path, body, headers) => askTown(port, path, body, headers);
  return {
    folder: join(folder, "city"),
    url: network?.url ?? program.address,
    log: () => program.log(),
    /** What the operator's page does: `lab-result`, `outcome`, `fulfil-visit`, `clock` … */
    act: (verb, body) => ask(`/operator/api/${verb}`, body),
    state: () => ask("/operator/api/state"),
    /** The visits the city has for a resident. */
    async visits(resident, status) {
      const { appointments } = await ask("/operator/api/state");
      return appointments.filter((it) => it.resident === resident && (!status || it.status === status));
    },
    /** Returns when the laboratory began to send, in milliseconds of this machine's clock. */
    laboratory: (resident) => sendResult(ask, resident),
    /** Set up anew at the same address: it knows nobody's sign-in any more. */
    async forget() {
      await program.stop();
      rmSync(join(folder, "city"), { recursive: true });
      program = await startProgram("vekha-city", args);
    },
    close: () => program.stop(),
  };
}

/** In town, past the wire. `fetch` keeps its connections alive, which a city that ends would wait for. */
async function askTown(port, path, body, headers = {}) {
  const form = body instanceof URLSearchParams;
  const text = body && (form ? String(body) : JSON.stringify(body));
  const type = form ? "application/x-www-form-urlencoded" : "application/json";
  const answer = await new Promise((done, failed) => {
    const asked = request({
      host: "127.0.0.1", port, path, method: text ? "POST" : "GET", agent: false, timeout: 20_000,
      headers: { ...(text && { "content-type": type, "content-length": Buffer.byteLength(text) }), ...headers },
    }, (response) => {
      let said = "";
      response.setEncoding("utf8").on("data", (data) => (said += data)).on("end", () => done({ status: response.statusCode, said }));
    });
    asked.on("timeout", () => asked.destroy(new Error(`the city did not answer ${path} within 20 s`)));
    asked.on("error", failed);
    asked.end(text);
  });
  if (answer.status >= 300) throw new Error(`the city answered ${path} with ${answer.status}: ${answer.said}`);
  return answer.said ? JSON.parse(answer.said) : null;
}

/** CEA 12 ng/mL as laboratories write it, with a good deal that nobody asked for. */
async function sendResult(ask, resident) {
  const { laboratory, now } = await ask("/operator/api/state");
  const path = (url) => new URL(url).pathname;
  const token = await ask(path(laboratory.token), new URLSearchParams({
    grant_type: "client_credentials",
    client_id: laboratory.client_id,
    client_secret: laboratory.client_secret,
  }));
  const unit = { unit: "ng/mL", system: "http://unitsofmeasure.org", code: "ng/mL" };
  const observation = {
    resourceType: "Observation",
    meta: { profile: ["http://hl7.org/fhir/us/core/StructureDefinition/us-core-observation-lab"], source: "urn:lis:7" },
    text: { status: "generated", div: '<div xmlns="http://www.w3.org/1999/xhtml">CEA</div>' },
    identifier: [{ system: "urn:oid:1.2.643.5.1.13.2.7.1.2", value: "24-118-0047" }],
    status: "final",
    category: [{ coding: [{ system: "http://terminology.hl7.org/CodeSystem/observation-category", code: "laboratory" }] }],
    code: { coding: [{ system: "http://loinc.org", code: "2039-6", display: "CEA Ser-mCnc" }, { system: "urn:lis:tests", code: "A09.05.195" }], text: "CEA" },
    subject: { reference: `Patient/${resident}` },
    effectiveDateTime: now,
    issued: now,
    performer: [{ display: "Лаборатория № 3" }],
    valueQuantity: { value: 12, ...unit },
    interpretation: [{ coding: [{ system: "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", code: "H" }] }],
    referenceRange: [{ high: { value: 5.0, ...unit }, text: "< 5.0" }],
    specimen: { display: "serum, tube 2" },
    device: { display: "analyser A-17" },
    extension: [{ url: "urn:x-lis:run", valueString: "118/47" }],
    x_vendor: { colour: "amber", lot: [3, 4] },
  };
  const sent = Date.now();
  await ask(path(laboratory.observations), observation, { authorization: `Bearer ${token.access_token}` });
  return sent;
}
