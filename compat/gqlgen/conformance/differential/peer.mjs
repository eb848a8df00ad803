// Answers operations with graphql-js: JSON lines on standard input, one answer a
// line on standard output. The data is the same function as in answers_test.go.
import { createInterface } from 'node:readline';
import {
  buildClientSchema, buildSchema, getIntrospectionQuery, getNullableType, graphqlSync,
  introspectionFromSchema, isAbstractType, isEnumType, isLeafType, isListType, isNonNullType,
  isScalarType, isSpecifiedScalarType,
} from 'graphql';

const floats = [0, 0.1, -1.5, 1e6, 123456789.125, 1e20, 1e21, 1e-6, 1e-7, -2.5e-10, 5e-324, 1.7976931348623157e308];
const texts = ['', 'plain', 'quote " and \\', 'line\nbreak\ttab\rreturn', '\b\f\x01\x1f\x7f', "<a href='x'>&", 'é \u2028 \u2029 € 😀', '/'];
const scalars = [{ b: [1, null, { c: 'd' }], a: false }, [], 'text', 17, {}, true];
const outsider = 'Outsider';
const unwritable = Symbol('unwritable');

const introspection = {
  descriptions: true, specifiedByUrl: true, directiveIsRepeatable: true,
  schemaDescription: true, inputValueDeprecation: true, oneOf: true,
};

function hash(text) {
  let h = 2166136261;
  for (const byte of Buffer.from(text, 'utf8')) {
    h = Math.imul(h ^ byte, 16777619);
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function canonical(value) {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  switch (typeof value) {
    case 'object': {
      const names = Object.keys(value).filter((name) => value[name] !== undefined).sort();
      return `{${names.map((name) => `${name}:${canonical(value[name])}`).join(',')}}`;
    }
    case 'string': return `"${value.replace(/[\\"]/g, '\\$&')}"`;
    case 'number': return JSON.stringify(value === 0 ? 0 : value);
    default: return String(value);
  }
}

class Answers {
  constructor(seed, sdl) {
    this.seed = seed;
    this.schema = buildSchema(sdl);
    this.possible = new Map();
    for (const type of Object.values(this.schema.getTypeMap())) {
      if (isAbstractType(type)) {
        this.possible.set(type.name, this.schema.getPossibleTypes(type).map((t) => t.name).sort());
      } else if (isEnumType(type) || (isScalarType(type) && !isSpecifiedScalarType(type))) {
        const serialize = type.serialize.bind(type);
        type.serialize = (value) => {
          if (value === unwritable) throw new Error('unwritable');
          return serialize(value);
        };
      }
    }
  }

  draw(key, what, n) {
    return hash(`${this.seed}/${key}/${what}`) % n;
  }

  field(parent, name, type, args, context) {
    const text = canonical(args);
    const sure = name.startsWith('sure');
    const key = hash(`${parent.key}.${name}${text}#${sure ? 0 : context.counter}`).toString(16).padStart(8, '0');
    const failure = sure ? -1 : this.draw(key, 'fail', 60);
    if (failure === 0 || failure === 1) throw new Error(`refused ${key}`);
    if (failure === 2) throw new Error('internal system error');
    return this.value(type, key, text, sure);
  }

  value(type, key, args, sure) {
    if (isNonNullType(type) ? !sure && this.draw(key, 'null', 60) === 0 : this.draw(key, 'null', 8) === 0) {
      return null;
    }
    type = getNullableType(type);
    if (!isListType(type)) return this.named(type, key, args, sure);
    return Array.from({ length: this.draw(key, 'length', 4) }, (_, i) => this.value(type.ofType, `${key}[${i}]`, args, sure));
  }

  named(type, key, args, sure) {
    switch (type.name) {
      case 'Int': return this.draw(key, 'int', 2 ** 32 - 1) | 0;
      case 'Float': return floats[this.draw(key, 'float', floats.length)];
      case 'Boolean': return this.draw(key, 'boolean', 2) === 1;
      case 'ID': return `id ${key}`;
      case 'String': return args !== '{}' ? args : texts[this.draw(key, 'text', texts.length)] + key;
    }
    if (!sure && this.draw(key, 'write', 40) === 0 && isLeafType(type)) return unwritable;
    if (isScalarType(type)) return scalars[this.draw(key, 'scalar', scalars.length)];
    if (isEnumType(type)) return type.getValues()[this.draw(key, 'enum', type.getValues().length)].name;
    return this.object(type, key);
  }

  object(type, key) {
    if (!isAbstractType(type)) return { type: type.name, key };
    if (this.draw(key, 'outsider', 40) === 0) return { type: outsider, key };
    const possible = this.possible.get(type.name);
    return { type: possible[this.draw(key, 'type', possible.length)], key };
  }

  execute(request) {
    const context = { counter: 0 };
    return graphqlSync({
      schema: this.schema,
      source: request.query,
      variableValues: request.variables,
      operationName: request.operationName,
      rootValue: { key: '' },
      contextValue: context,
      fieldResolver: (parent, args, _, info) => {
        if (info.parentType === this.schema.getMutationType()) context.counter++;
        return this.field(parent, info.fieldName, info.returnType, args, context);
      },
      typeResolver: (value) => value.type,
    });
  }
}

let answers;

function reply(message) {
  switch (message.ask) {
    case 'schema':
      answers = new Answers(message.seed, message.sdl);
      return {};
    case 'introspection':
      return { query: getIntrospectionQuery(introspection) };
    case 'read': // what a client understands of an introspection
      return { body: JSON.stringify(introspectionFromSchema(buildClientSchema(message.introspection), introspection)) };
    default:
      return { body: JSON.stringify(answers.execute(message)) };
  }
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  let answer;
  try {
    answer = reply(JSON.parse(line));
  } catch (error) {
    answer = { failure: String(error.stack) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
