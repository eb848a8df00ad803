import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operationName } from './operation.js';

test('the only operation of a document is the one to run, whatever name is remembered', () => {
  assert.equal(operationName({ query: 'query Second { viewer { id } }', operationName: 'First' }), 'Second');
  assert.equal(operationName({ query: '{ viewer { id } }', operationName: 'First' }), undefined);
  assert.equal(operationName({ query: 'query Q { ...F } fragment F on Query { a }', operationName: 'F' }), 'Q');
});

test('among several operations the chosen one is run', () => {
  assert.equal(operationName({ query: 'query First { a } query Second { b }', operationName: 'Second' }), 'Second');
});

test('a document that cannot be read goes to the service as it is', () => {
  assert.equal(operationName({ query: 'query First {', operationName: 'First' }), 'First');
});
