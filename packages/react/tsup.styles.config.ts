import { defineConfig } from 'tsup'

// Builds the two CSS files with every @import resolved, and copies JSON: the labels for translators, the tokens for design
// tools. Runs after the scripts, because their build empties the folder.
export default defineConfig([
  {
    entry: ['src/styles.css', 'src/operations.css', 'src/**/locales/*.json'],
    loader: { '.json': 'copy' },
    minify: true,
    clean: false,
  },
  { entry: ['tokens/*.json'], outDir: 'dist/tokens', loader: { '.json': 'copy' }, clean: false },
])
