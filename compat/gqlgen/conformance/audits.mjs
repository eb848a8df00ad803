// Audits the server at a URL for GraphQL over HTTP and writes what came of it as JSON.
// Run with: node audits.mjs http://127.0.0.1:8080/graphql
import { serverAudits } from 'graphql-http';

const results = [];
for (const { id, name, fn } of serverAudits({ url: process.argv[2] })) {
  try {
    const { status, reason = '' } = await fn();
    results.push({ id, name, status, reason });
  } catch (thrown) {
    results.push({ id, name, status: 'broken off', reason: String(thrown) });
  }
}
console.log(JSON.stringify(results));
