export default { serverExternalPackages: ['@brandkit/server-adapter', 'pg', '@upstash/qstash'] }
