export default {
  // Not the package itself, as the README advises: here its own modules are evaluated more than once, too.
  serverExternalPackages: ['@electric-sql/pglite', 'pg', 'pg-boss'],
}
