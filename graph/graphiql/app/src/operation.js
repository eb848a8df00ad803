import { Kind, parse } from 'graphql';

// operationName returns the name of the operation to run. GraphiQL learns the name from the document a moment after
// another tab was opened; where the document leaves no choice, the name is the document's own.
export function operationName({ query, operationName: chosen }) {
  let document;
  try {
    document = parse(query, { noLocation: true });
  } catch {
    return chosen; // the service says what is wrong with the document
  }
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return operations.length === 1 ? operations[0].name?.value : chosen;
}
