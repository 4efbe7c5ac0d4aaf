export { type BrokerAccounts, noBrokerAccounts } from './accounts/broker-accounts.ts'
export { createDynamicSecurityAccounts } from './accounts/dynamic-security.ts'
export { connectLive, type Live, type LiveOptions } from './connect-live.ts'
