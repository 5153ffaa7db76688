// mutants.test.ts runs this file in a process of its own, because some tests here must fail.
import { describeEncryptedStore } from '../encryption/describe-encrypted-store.js'
import { openMemoryVault } from '../encryption/open-memory-vault.js'
import { ENCRYPTION_MUTANTS } from './encryption-mutants.js'

for (const { name, wrap } of ENCRYPTION_MUTANTS) describeEncryptedStore(name, { openVault: openMemoryVault, wrap })
