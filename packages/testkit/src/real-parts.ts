const isAsked = (variable: string) => process.env[variable] === '1'

/** What a machine may have beside Node: tests that need it run where its variable is 1 (CONTRIBUTING.md), as in CI. */
export const realParts = {
  mosquitto: isAsked('CORDON_TEST_MOSQUITTO'),
  nats: isAsked('CORDON_TEST_NATS'),
  openssl: isAsked('CORDON_TEST_OPENSSL'),
}
