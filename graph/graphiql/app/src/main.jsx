import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import './page.css';
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { useState, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { operationName } from './operation.js';
import { Session } from './session.js';
import { SignInBar } from './SignInBar.jsx';
import { memoryStorage } from './storage.js';

const plugins = [HISTORY_PLUGIN, explorerPlugin()];

function Page({ config, session }) {
  const { visit } = useSyncExternalStore(session.subscribe, session.snapshot);
  return (
    <>
      <SignInBar session={session} accounts={config.accounts} title={config.title} />
      <main>
        <Workbench key={visit} operations={config.operations} session={session} />
      </main>
    </>
  );
}

// Workbench is GraphiQL for one visit. Signing out puts a new one in its place, without what was typed and read.
function Workbench({ operations, session }) {
  const [storage] = useState(memoryStorage);
  const tabs = operations.map(({ document, variables }) => ({ query: document, variables }));
  const fetcher = (params, options) =>
    session.query({ ...params, operationName: operationName(params) }, options?.headers);
  return (
    <GraphiQL
      fetcher={fetcher}
      storage={storage}
      plugins={plugins}
      defaultTabs={tabs}
      initialVariables={tabs[0].variables}
      inputValueDeprecation
      schemaDescription
    >
      <GraphiQL.Logo>
        <span hidden />
      </GraphiQL.Logo>
    </GraphiQL>
  );
}

async function readConfig() {
  const response = await fetch('./config.json', { cache: 'no-store' });
  if (!response.ok) throw new Error(`config.json answered ${response.status}`);
  return response.json();
}

async function start(root) {
  const config = await readConfig();
  document.title = config.title;
  createRoot(root).render(<Page config={config} session={new Session(config.endpoint)} />);
}

const root = document.getElementById('root');
start(root).catch(() => {
  root.textContent = 'This page could not be loaded. Reload it to try again.';
});
