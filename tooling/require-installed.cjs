// pnpm installs before it runs a script, and continues even after a failed installation. The host's Node then runs the
// script.
if (!require('node:fs').existsSync('node_modules/.bin/turbo') || Number(process.versions.node.split('.')[0]) < 22) {
  console.error('The dependencies could not be installed; the reason stands above. Mend it and run the command again.')
  process.exit(1)
}
