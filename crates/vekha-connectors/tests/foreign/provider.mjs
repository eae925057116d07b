// Serves sign-in on a free port of this machine and prints its address as the only line.
// Its clock, in tokens and in the Date header, is ahead of this machine's by as many seconds as the first argument says.
import { createServer } from 'node:http';
import { randomBytes } from 'node:crypto';
import Provider from 'oidc-provider';

console.warn = console.info = () => {}; // it warns that its keys and pages are for development: so they are

const ahead = Number(process.argv[2] ?? 0) * 1000;
const now = Date.now;
Date.now = () => now() + ahead;

const server = createServer((request, response) => {
  response.setHeader('date', new Date(Date.now()).toUTCString());
  handle(request, response);
});
let handle;
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'vekha-app',
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: ['http://127.0.0.1/callback'],
      },
    ],
    cookies: { keys: [randomBytes(16).toString('hex')] },
    features: { revocation: { enabled: true } },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    rotateRefreshToken: true,
    scopes: ['openid', 'profile', 'offline_access'],
  });
  handle = provider.callback();
  console.log(issuer);
});
process.stdin.on('end', () => process.exit()).resume(); // ends with the test, however it ends
