// Writes the introspection of the schema given as first argument to the file given as second.
import { readFile, writeFile } from 'node:fs/promises';
import { buildSchema, introspectionFromSchema } from 'graphql';

const [from, to] = process.argv.slice(2);
const schema = buildSchema(await readFile(from, 'utf8'));
await writeFile(to, `${JSON.stringify(introspectionFromSchema(schema, { inputValueDeprecation: true }))}\n`);
