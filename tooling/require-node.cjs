// `npm start` and `npm test` run this file with the host's own Node, which may be old: hence CommonJS and plain syntax.
if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(
    'BrandKit needs Node 20 or newer to start from (this is ' + process.versions.node + '): see https://nodejs.org.',
  )
  process.exit(1)
}
