// One of the servers that ours is timed against: node peers.mjs bare | graphql-http |
// yoga. It prints its address, and stops when its standard input ends. The data are those of data.go.
// node peers.mjs direct times graphql-js without HTTP.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { buildSchema, execute, parse, validate } from 'graphql';
import { createHandler } from 'graphql-http/lib/use/http';
import { createYoga } from 'graphql-yoga';

const owners = Array.from({ length: 20 }, (_, i) => ({ name: `Owner ${i}` }));

const rows = Array.from({ length: 1000 }, (_, i) => ({
  id: String(100000 + i),
  title: `Row number ${i}`,
  note: i % 3 === 0 ? null : `A note of some length on row ${i}`,
  count: i * 7,
  score: i + 0.25,
  open: i % 2 === 0,
  owner: (_, context) => context.owners.load(i % 20),
}));

const region = { name: 'North' };
const boards = [{ name: 'Board A', region }, { name: 'Board B', region }];
const events = Array.from({ length: 50 }, (_, i) => ({
  id: String(i),
  title: `Event number ${i}`,
  organisation: { name: `Organisation ${i % 10}`, icb: boards[i % 2] },
  reviews: Array.from({ length: 3 }, (_, k) => ({
    status: (i + k) % 2 === 0 ? 'CLOSED' : 'OPEN',
    reviewer: { name: `Reviewer ${k}` },
  })),
}));

// Batch gathers what is asked for before the promises that are due have run, and reads
// it at once: what a DataLoader does, without its cache, its options and its checks.
class Batch {
  constructor(read) {
    this.read = read;
    this.waiting = null;
  }

  load(key) {
    if (this.waiting === null) {
      this.waiting = [];
      process.nextTick(() => this.flush());
    }
    return new Promise((resolve) => this.waiting.push({ key, resolve }));
  }

  flush() {
    const waiting = this.waiting;
    this.waiting = null;
    const values = this.read(waiting.map(({ key }) => key));
    waiting.forEach(({ resolve }, i) => resolve(values[i]));
  }
}

const context = () => ({ owners: new Batch((keys) => keys.map((key) => owners[key])) });

// Everything else is read by graphql-js's own default resolver, the fastest there is.
const schema = buildSchema(readFileSync(new URL('schema.graphqls', import.meta.url), 'utf8'));
const query = schema.getQueryType().getFields();
query.rows.resolve = (_, { first }) => rows.slice(0, first);
query.events.resolve = (_, { first }) => events.slice(0, first);
schema.getType('Row').getFields().owner.resolve = (row, args, ctx) => row.owner(args, ctx);

// documents remembers what was parsed and found valid: graphql-js and graphql-http do not.
const documents = new Map();

function documentOf(text) {
  let document = documents.get(text);
  if (document === undefined) {
    document = parse(text);
    const errors = validate(schema, document);
    if (errors.length > 0) throw errors[0];
    documents.set(text, document);
  }
  return document;
}

// bare is the least that can be put around graphql-js: it looks at no header, and checks nothing.
function bare(request, response) {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    const { query: text, variables, operationName } = JSON.parse(Buffer.concat(chunks));
    const result = await execute({
      schema, document: documentOf(text), variableValues: variables, operationName, contextValue: context(),
    });
    const body = Buffer.from(JSON.stringify(result));
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length });
    response.end(body);
  });
}

const listeners = {
  bare: () => bare,
  'graphql-http': () => createHandler({ schema, context, parse: documentOf, validate: () => [] }),
  yoga: () => createYoga({ schema, context, logging: false, graphiql: false, landingPage: false }),
};

// answerDirectly reads questions and writes what each answer costs, from the request to
// its JSON, in µs of processor time. Documents are remembered, as everywhere.
async function answerDirectly() {
  for await (const line of createInterface({ input: process.stdin })) {
    const { query: text, variables, milliseconds } = JSON.parse(line);
    const before = process.cpuUsage();
    let n = 0;
    for (const end = Date.now() + milliseconds; Date.now() < end; n += 1) {
      const result = await execute({
        schema, document: documentOf(text), variableValues: variables, contextValue: context(),
      });
      Buffer.from(JSON.stringify(result));
    }
    const { user, system } = process.cpuUsage(before);
    console.log((user + system) / n);
  }
  process.exit(0);
}

if (process.argv[2] === 'direct') await answerDirectly();

const server = createServer(listeners[process.argv[2]]());
server.keepAliveTimeout = 60_000; // connections are idle while others are timed
server.listen(0, '127.0.0.1', () => console.log(`127.0.0.1:${server.address().port}`));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
