// Where GraphiQL keeps its tabs, history and layout: in memory. Its default, the browser's local storage, would leave
// what somebody typed, which may be about a patient, on the disk of a shared computer.
export function memoryStorage() {
  const items = new Map();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, String(value)),
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
    get length() {
      return items.size;
    },
  };
}
