export default {
  // Not the package itself, as the README advises: here its own modules are evaluated more than once, too.
  serverExternalPackages: ['@electric-sql/pglite', 'pg', 'pg-boss'],
  typescript: { ignoreBuildErrors: true },
  // Small and easily debugged files take a third of the build's time, and nobody downloads these.
  experimental: {
    cpus: 1,
    turbopackMinify: false,
    turbopackScopeHoisting: false,
    turbopackSourceMaps: false,
    turbopackInputSourceMaps: false,
    turbopackFileSystemCacheForBuild: false,
  },
}
