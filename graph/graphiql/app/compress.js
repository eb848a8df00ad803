import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';

const GZIP_HEADER_OS = 9;
const OS_UNKNOWN = 255;

// compress replaces every file of the finished bundle by its gzip form. The same input gives the same bytes on every
// system: zlib writes no name and no time, and the byte that names the operating system is overwritten.
export function compress() {
  let folder;
  return {
    name: 'compress',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    async closeBundle() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
      await Promise.all(files.map(compressFile));
    },
  };
}

async function compressFile(path) {
  const packed = await promisify(gzip)(await readFile(path), { level: constants.Z_BEST_COMPRESSION });
  packed[GZIP_HEADER_OS] = OS_UNKNOWN;
  await writeFile(`${path}.gz`, packed);
  await rm(path);
}
