import { defineConfig } from 'tsup'

// The one CSS file, every @import in it resolved, and the labels as JSON for translators. Runs after the scripts, whose
// build empties the folder.
export default defineConfig({
  entry: ['src/styles.css', 'src/locales/*.json'],
  loader: { '.json': 'copy' },
  minify: true,
  clean: false,
})
