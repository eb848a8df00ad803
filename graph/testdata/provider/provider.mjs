// A certified OpenID provider for one test. It prints its address; a line on
// standard input has it sign with another key.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import Provider from 'oidc-provider';

const people = {
  asha: { email: 'reporter@staff.example', email_verified: true },
  tomasz: { email: 'colleague@staff.example', email_verified: false },
  stranger: { email: 'stranger@staff.example', email_verified: true },
};
const resource = 'https://lfpse.example';
const seconds = Number(process.argv[2]); // that access tokens are good for

const key = () => ({
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
  kid: randomUUID(), use: 'sig', alg: 'RS256',
});

function provider(issuer) {
  return new Provider(issuer, {
    clients: [{
      client_id: 'frontend', client_secret: 'a secret of the test', redirect_uris: ['https://frontend.example/back'],
    }],
    cookies: { keys: ['a secret of the test'] },
    jwks: { keys: [key()] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
    extraTokenClaims: (_, token) => people[token.accountId],
    features: {
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: (_, indicator) => ({
          scope: 'email', audience: indicator, accessTokenFormat: 'jwt', accessTokenTTL: seconds, jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  });
}

let answer;
const server = createServer((request, response) => answer(request, response));
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const start = () => { answer = provider(issuer).callback(); };
  start();
  console.log(issuer);
  createInterface({ input: process.stdin })
    .on('line', () => { start(); console.log('rotated'); })
    .on('close', () => process.exit());
});
