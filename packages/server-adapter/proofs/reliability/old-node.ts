// `node --import old-node.ts`: makes Node.js claim to be version 20, without the features that version lacks.
const lacking: readonly [owner: object, names: readonly string[]][] = [
  [Object, ['groupBy']],
  [Map, ['groupBy']],
  [Promise, ['withResolvers', 'try']],
  [Array, ['fromAsync']],
  [URL, ['parse']],
  [RegExp, ['escape']],
  [
    Set.prototype,
    ['union', 'intersection', 'difference', 'symmetricDifference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom'],
  ],
]
for (const [owner, names] of lacking) for (const name of names) Reflect.deleteProperty(owner, name)
Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })
