export default { serverExternalPackages: ['@brandkit/server-adapter', 'pg', 'pg-boss'] }
