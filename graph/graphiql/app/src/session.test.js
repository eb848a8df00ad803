import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Session } from './session.js';

const MINUTE = 60_000;
const START = Date.parse('2025-11-14T09:30:00Z');

// A service in miniature: accounts with the password "right", tokens that are numbered as they are given out, each
// refresh token good for one use.
class Service {
  clock = START;
  skew = 0; // how far the service's clock is ahead of the page's
  lifetime = 15 * MINUTE;
  given = 0;
  spent = new Set();
  requests = [];
  down = false;

  fetch = async (url, { headers, body }) => {
    const { query, variables } = JSON.parse(body);
    const field = query.match(/\b(signIn|refreshSession|signOut|viewer)\b/)[0];
    this.requests.push({ url, field, authorization: headers.get('authorization') });
    if (this.down) throw new TypeError('network');
    return Response.json(this[field](variables?.input), { headers: { date: new Date(this.clock + this.skew).toUTCString() } });
  };

  signIn({ email, password }) {
    return password === 'right' ? this.session('signIn', email) : refusal('signIn', 'They do not match.');
  }
  refreshSession({ refreshToken }) {
    if (this.spent.has(refreshToken)) return refusal('refreshSession', 'It is spent.');
    this.spent.add(refreshToken);
    return this.session('refreshSession', 'ada');
  }
  signOut() {
    return { data: { signOut: { signedOut: true } } };
  }
  viewer() {
    return { data: { viewer: null } };
  }
  session(field, name) {
    this.given += 1;
    const expiresAt = new Date(this.clock + this.skew + this.lifetime).toISOString();
    const tokens = { accessToken: `access-${this.given}`, refreshToken: `refresh-${this.given}` };
    return { data: { [field]: { session: { ...tokens, expiresAt, viewer: { account: { name } } }, userErrors: [] } } };
  }
  asked() {
    return this.requests.map(({ field }) => field);
  }
}

function refusal(field, message) {
  return { data: { [field]: { session: null, userErrors: [{ message }] } } };
}

let service;
let timer; // the one timer that a session keeps
let session;

beforeEach(() => {
  service = new Service();
  timer = null;
  session = new Session('/graphql', {
    fetch: service.fetch,
    now: () => service.clock,
    setTimer: (run, delay) => (timer = { run, delay }),
    clearTimer: () => (timer = null),
  });
});

const ask = (headers) => session.query({ query: '{ viewer { account { name } } }' }, headers);
const lastAuthorization = () => service.requests.at(-1).authorization;

test('without signing in, requests carry no token', async () => {
  await ask();
  assert.equal(lastAuthorization(), null);
  assert.equal(session.snapshot().name, null);
});

test('signing in shows who it is and sends the token from then on', async () => {
  assert.equal(await session.signIn('ada', 'right'), true);
  assert.equal(lastAuthorization(), null);
  await ask();
  assert.equal(lastAuthorization(), 'Bearer access-1');
  assert.deepEqual(session.snapshot(), { name: 'ada', email: 'ada', busy: false, problem: '', visit: 0 });
});

test('a refused sign-in says why and leaves whoever was signed in', async () => {
  await session.signIn('ada', 'right');
  assert.equal(await session.signIn('bea', 'wrong'), false);
  assert.deepEqual(session.snapshot(), { name: 'ada', email: 'ada', busy: false, problem: 'They do not match.', visit: 0 });
  await ask();
  assert.equal(lastAuthorization(), 'Bearer access-1');
});

test('signing in as somebody else ends the session before', async () => {
  await session.signIn('ada', 'right');
  await session.signIn('bea', 'right');
  assert.deepEqual(service.requests.at(-1), { url: '/graphql', field: 'signOut', authorization: 'Bearer access-1' });
  await ask();
  assert.equal(lastAuthorization(), 'Bearer access-2');
});

test('signing out tells the service and forgets the token', async () => {
  await session.signIn('ada', 'right');
  await session.signOut();
  assert.deepEqual(service.requests.at(-1), { url: '/graphql', field: 'signOut', authorization: 'Bearer access-1' });
  await ask();
  assert.equal(lastAuthorization(), null);
  assert.equal(timer, null);
});

test('only signing out ends a visit', async () => {
  await session.signIn('ada', 'right');
  await session.signIn('bea', 'right');
  service.spent.add('refresh-2');
  service.clock += 20 * MINUTE;
  await assert.rejects(ask());
  assert.equal(session.snapshot().visit, 0);
  await session.signIn('bea', 'right');
  await session.signOut();
  assert.equal(session.snapshot().visit, 1);
});

test('signing out without the service forgets the token too, and says what is left', async () => {
  await session.signIn('ada', 'right');
  service.down = true;
  await session.signOut();
  assert.equal(session.snapshot().name, null);
  assert.match(session.snapshot().problem, /could not be told/);
});

test('a token is renewed a minute before it expires', async () => {
  await session.signIn('ada', 'right');
  assert.equal(timer.delay, 14 * MINUTE);
  service.clock += timer.delay;
  await timer.run();
  assert.deepEqual(service.asked(), ['signIn', 'refreshSession']);
  await ask();
  assert.equal(lastAuthorization(), 'Bearer access-2');
});

test('requests that find the token due wait for one renewal', async () => {
  await session.signIn('ada', 'right');
  service.clock += 20 * MINUTE; // the computer slept: no timer ran
  await Promise.all([ask(), ask(), ask()]);
  assert.deepEqual(service.asked(), ['signIn', 'refreshSession', 'viewer', 'viewer', 'viewer']);
  assert.equal(lastAuthorization(), 'Bearer access-2');
});

test('a clock that is wrong by hours changes nothing', async () => {
  for (const skew of [-3 * 60 * MINUTE, 3 * 60 * MINUTE]) {
    service.skew = skew;
    await session.signIn('ada', 'right');
    assert.equal(timer.delay, 14 * MINUTE);
  }
});

test('a session that cannot be renewed ends, and the request that found out is not sent as nobody', async () => {
  await session.signIn('ada', 'right');
  service.spent.add('refresh-1');
  service.clock += 20 * MINUTE;
  await assert.rejects(ask(), /session has ended/);
  assert.deepEqual(service.asked(), ['signIn', 'refreshSession']);
  assert.match(session.snapshot().problem, /session has ended/);
});

test('a renewal that does not reach the service is tried again', async () => {
  await session.signIn('ada', 'right');
  service.clock += timer.delay;
  service.down = true;
  await timer.run();
  assert.equal(session.snapshot().name, 'ada');
  assert.ok(timer.delay <= MINUTE);
  service.down = false;
  await timer.run();
  await ask();
  assert.equal(lastAuthorization(), 'Bearer access-2');
});

test('a renewal on its way when somebody signs out does not sign them in again', async () => {
  await session.signIn('ada', 'right');
  service.clock += 20 * MINUTE;
  await Promise.allSettled([ask(), session.signOut()]);
  assert.equal(session.snapshot().name, null);
  assert.equal(timer, null);
  assert.equal(service.requests.at(-1).authorization, 'Bearer access-2');
});

test('an authorisation typed as a header wins over the session', async () => {
  await session.signIn('ada', 'right');
  await ask({ Authorization: 'Bearer typed' });
  assert.equal(lastAuthorization(), 'Bearer typed');
});

test('a service that cannot be reached is a problem to show, not an exception', async () => {
  service.down = true;
  assert.equal(await session.signIn('ada', 'right'), false);
  assert.match(session.snapshot().problem, /did not answer/);
});

test('watchers hear of every change until they stop', async () => {
  const seen = [];
  const stop = session.subscribe(() => seen.push(session.snapshot().busy));
  await session.signIn('ada', 'right');
  assert.deepEqual(seen, [true, false]);
  stop();
  await session.signOut();
  assert.equal(seen.length, 2);
});
