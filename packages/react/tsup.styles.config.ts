import { defineConfig } from 'tsup'

// Builds the one CSS file with every @import resolved, and copies the labels as JSON for translators. Runs after the
// scripts, because their build empties the folder.
export default defineConfig({
  entry: ['src/styles.css', 'src/locales/*.json'],
  loader: { '.json': 'copy' },
  minify: true,
  clean: false,
})
