/** What is published has no sources: their condition, which tests and the demo go by, is left out of the `exports`. */
function beforePacking(manifest) {
  const exports = Object.entries(manifest.exports ?? {}).map(([door, target]) => {
    if (typeof target !== 'object') return [door, target]
    const { '@brandkit/source': _source, ...published } = target
    return [door, published]
  })
  return { ...manifest, exports: Object.fromEntries(exports) }
}

export const hooks = { beforePacking }
