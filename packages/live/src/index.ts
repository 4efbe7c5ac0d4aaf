export { FORWARDER_TOPICS, isSameTopics, tagTopics } from './accounts/account-topics.ts'
export {
  type AccountAtBroker,
  type AccountTopics,
  type BrokerAccounts,
  noBrokerAccounts,
} from './accounts/broker-accounts.ts'
export { createDynamicSecurityAccounts } from './accounts/dynamic-security.ts'
export { type BrokerCount, connectLive, type Live, type LiveOptions } from './connect-live.ts'
