import { useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';

// SignInBar shows who is signed in and lets them sign in and out. With sample accounts each has a button of its own and
// the form for any other account is folded away; without, the form is all there is.
export function SignInBar({ session, accounts, title }) {
  const { name, email, busy, problem } = useSyncExternalStore(session.subscribe, session.snapshot);
  const [formOpen, setFormOpen] = useState(false);
  const bar = useRef(null);
  const hasSamples = accounts.length > 0;
  const signedIn = name !== null;
  const showForm = hasSamples ? formOpen : !signedIn;
  useFocusKept(bar, signedIn);

  return (
    <header className="bar" ref={bar} aria-busy={busy}>
      <h1>{title}</h1>
      <div className="who">
        <p role="status">{status(name, busy)}</p>
        {signedIn && (
          <button type="button" className="sign-out" onClick={() => session.signOut()}>
            Sign out
          </button>
        )}
      </div>
      {hasSamples && (
        <div className="samples" role="group" aria-label="Sign in as a sample account">
          <span aria-hidden="true">Sign in as</span>
          {accounts.map((account) => (
            <SampleButton key={account.email} account={account} pressed={account.email === email} session={session} />
          ))}
          <button type="button" aria-expanded={formOpen} onClick={() => setFormOpen(!formOpen)}>
            Another account…
          </button>
        </div>
      )}
      {showForm && <SignInForm session={session} onSignedIn={() => setFormOpen(false)} />}
      <p role="alert" className="problem">
        {problem}
      </p>
    </header>
  );
}

function status(name, busy) {
  if (busy) return 'One moment…';
  return name === null ? 'Not signed in' : `Signed in as ${name}`;
}

function SampleButton({ account, pressed, session }) {
  const { role, area, name, email, password } = account;
  return (
    <button
      type="button"
      className="sample"
      aria-pressed={pressed}
      title={`${name}: ${role}, ${area}`}
      onClick={() => session.signIn(email, password)}
    >
      <b>{role}</b> <span>{area}</span>
    </button>
  );
}

function SignInForm({ session, onSignedIn }) {
  const id = useId();

  // The form is never submitted by the browser: the page's policy forbids it, and the answer belongs into this page.
  async function submit(event) {
    event.preventDefault();
    const form = event.currentTarget;
    const { email, password } = Object.fromEntries(new FormData(form));
    if (await session.signIn(email, password)) {
      form.reset();
      onSignedIn();
    } else {
      form.elements.password.select();
    }
  }

  return (
    <form className="sign-in" onSubmit={submit} aria-label="Sign in">
      <label htmlFor={`${id}-email`}>E-mail</label>
      <input id={`${id}-email`} name="email" type="email" autoComplete="username" required />
      <label htmlFor={`${id}-password`}>Password</label>
      <input id={`${id}-password`} name="password" type="password" autoComplete="current-password" required />
      <button type="submit">Sign in</button>
    </form>
  );
}

// useFocusKept hands the keyboard's place on when the control that had it disappears with signing in or out.
function useFocusKept(bar, signedIn) {
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    if (document.activeElement !== document.body) return;
    bar.current.querySelector(signedIn ? '.sign-out' : 'button, input')?.focus();
  }, [bar, signedIn]);
}
