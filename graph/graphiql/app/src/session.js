// A signed-in session with the service: who it is, its tokens, and their renewal.
//
// Tokens live in this object and nowhere else. They are gone with the page, and no other page, extension or later user
// of the browser finds them in its storage.

const SIGN_IN = `mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    session { accessToken refreshToken expiresAt viewer { account { name } } }
    userErrors { message }
  }
}`;

const REFRESH = `mutation RefreshSession($input: RefreshSessionInput!) {
  refreshSession(input: $input) {
    session { accessToken refreshToken expiresAt viewer { account { name } } }
    userErrors { message }
  }
}`;

const SIGN_OUT = `mutation SignOut { signOut { signedOut } }`;

// A token is renewed this long before it expires, or halfway through its life where that is later.
const MARGIN = 60_000;

// How long to wait before another attempt when the service could not be reached, or answered with a spent token.
const RETRY = 10_000;

// How long a sign-in, renewal or sign-out may take before it counts as failed.
const PATIENCE = 30_000;

const ENDED = 'Your session has ended. Sign in again.';
const UNTOLD = 'Signed out here, but the service could not be told: there the session ends when it expires.';
const UNREACHABLE = 'The service did not answer. Try again.';

// visit counts the sign-outs: what belongs to one visit must not be shown in the next, as the computer may have passed
// to somebody else. A session that merely ended is still the same visit; what was half written stays.
const NOBODY = Object.freeze({ name: null, email: null, busy: false, problem: '' });

// Refused says that the service answered, and declined.
class Refused extends Error {}

export class Session {
  #endpoint;
  #fetch;
  #now;
  #setTimer;
  #clearTimer;
  #tokens = null;
  #timer;
  #renewing = null;
  #turn = Promise.resolve();
  #state = Object.freeze({ ...NOBODY, visit: 0 });
  #listeners = new Set();

  // endpoint is the path of the GraphQL endpoint on this origin. The rest is there for tests to replace.
  constructor(endpoint, { fetch, now, setTimer, clearTimer } = {}) {
    this.#endpoint = endpoint;
    this.#fetch = fetch ?? ((...args) => globalThis.fetch(...args));
    this.#now = now ?? Date.now;
    this.#setTimer = setTimer ?? ((...args) => globalThis.setTimeout(...args));
    this.#clearTimer = clearTimer ?? ((timer) => globalThis.clearTimeout(timer));
  }

  // The two halves of a store that React can watch.
  subscribe = (listener) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  snapshot = () => this.#state;

  // signIn replaces whoever is signed in; if it fails they stay. It answers whether it succeeded.
  signIn(email, password) {
    return this.#inTurn(async () => {
      this.#show({ busy: true, problem: '' });
      try {
        const session = await this.#ask('signIn', SIGN_IN, { input: { email, password } });
        await this.#end();
        this.#adopt(session, email);
        return true;
      } catch (error) {
        this.#show({ busy: false, problem: explain(error) });
        return false;
      }
    });
  }

  // signOut forgets the tokens whatever the service answers, and says so if the service could not be told.
  signOut() {
    return this.#inTurn(async () => {
      this.#show({ busy: true, problem: '' });
      const told = await this.#end();
      this.#forget(told ? '' : UNTOLD);
      this.#show({ visit: this.#state.visit + 1 });
    });
  }

  // query sends one GraphQL request as whoever is signed in, or as nobody, and answers the decoded response.
  async query(params, headers) {
    const wasSignedIn = this.#tokens !== null;
    if (this.#isDue()) await this.#renew();
    if (wasSignedIn && this.#tokens === null) {
      // Going on without a token would record or read as somebody else than the person believes to be.
      throw new Error(this.#state.problem || 'You have been signed out. Run the operation again.');
    }
    const response = await this.#post(params, headers);
    return response.json();
  }

  // Signing in, renewing and signing out happen one after the other: a renewal that overtook a sign-out would undo it.
  #inTurn(step) {
    const result = this.#turn.then(step);
    this.#turn = result.catch(() => {});
    return result;
  }

  // Any number of requests that find the token due wait for the same renewal; a refresh token can be spent only once.
  #renew() {
    this.#renewing ??= this.#inTurn(() => this.#renewNow()).finally(() => {
      this.#renewing = null;
    });
    return this.#renewing;
  }

  async #renewNow() {
    if (!this.#isDue()) return;
    const { refreshToken } = this.#tokens;
    try {
      const session = await this.#ask('refreshSession', REFRESH, { input: { refreshToken } });
      this.#adopt(session, this.#state.email);
    } catch (error) {
      if (error instanceof Refused) this.#forget(ENDED);
      else this.#renewIn(RETRY);
    }
  }

  // #end tells the service that the present session is over, and answers whether it heard.
  async #end() {
    if (this.#tokens === null) return true;
    try {
      const response = await this.#post({ query: SIGN_OUT }, {}, AbortSignal.timeout(PATIENCE));
      return response.ok;
    } catch {
      return false;
    }
  }

  #adopt({ accessToken, refreshToken, lifetime, viewer }, email) {
    const margin = Math.min(MARGIN, lifetime / 2);
    this.#tokens = { accessToken, refreshToken, due: this.#now() + lifetime - margin };
    this.#renewIn(Math.max(lifetime - margin, RETRY));
    this.#show({ name: viewer.account.name, email, busy: false, problem: '' });
  }

  #forget(problem) {
    this.#clearTimer(this.#timer);
    this.#tokens = null;
    this.#show({ ...NOBODY, problem });
  }

  // The timer renews a session that nobody uses; a computer that slept through it renews with its next request.
  #renewIn(delay) {
    this.#clearTimer(this.#timer);
    this.#timer = this.#setTimer(() => this.#renew(), delay);
  }

  #isDue() {
    return this.#tokens !== null && this.#now() >= this.#tokens.due;
  }

  #show(change) {
    this.#state = Object.freeze({ ...this.#state, ...change });
    this.#listeners.forEach((listener) => listener());
  }

  // #ask runs one of the mutations that answer a session, without the present token, and measures the new one's life
  // in milliseconds by the service's own clock: this computer's may be wrong.
  async #ask(field, query, variables) {
    const headers = { authorization: '' };
    const response = await this.#post({ query, variables }, headers, AbortSignal.timeout(PATIENCE));
    const { data, errors } = await response.json();
    const payload = data?.[field];
    if (!payload?.session) {
      throw new Refused((payload?.userErrors?.[0] ?? errors?.[0])?.message ?? UNREACHABLE);
    }
    const served = Date.parse(response.headers.get('date') ?? '') || this.#now();
    return { ...payload.session, lifetime: Date.parse(payload.session.expiresAt) - served };
  }

  // A header given for one request wins over the session's: an empty one sends none.
  #post(body, extra = {}, signal = undefined) {
    const headers = new Headers({
      accept: 'application/graphql-response+json, application/json;q=0.9',
      'content-type': 'application/json',
    });
    if (this.#tokens) headers.set('authorization', `Bearer ${this.#tokens.accessToken}`);
    for (const [name, value] of Object.entries(extra ?? {})) headers.set(name, value);
    if (headers.get('authorization') === '') headers.delete('authorization');
    return this.#fetch(this.#endpoint, {
      method: 'POST',
      body: JSON.stringify(body),
      headers,
      signal,
      cache: 'no-store',
      redirect: 'error',
    });
  }
}

function explain(error) {
  return error instanceof Refused ? error.message : UNREACHABLE;
}
