export { postgresStore, type PostgresStoreOptions } from './store/postgres/postgres-store.js'
