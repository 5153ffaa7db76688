import { defineConfig } from 'tsup'

// The one CSS file: every @import in it is resolved. Runs after the scripts, whose build empties the folder.
export default defineConfig({ entry: ['src/styles.css'], minify: true, clean: false })
