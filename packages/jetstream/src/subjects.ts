/**
 * The stream in which the server's MQTT keeps every QoS 1 message before it answers with PUBACK. There is one in each account;
 * its name and subjects are the server's (nats-server, server/mqtt.go).
 */
export const MQTT_STREAM = '$MQTT_msgs'
export const MQTT_SUBJECTS = '$MQTT.msgs.>'
const PREFIX = '$MQTT.msgs.in'

/** Everything of one partition. The server's subject mapping puts `in.{partition}.` before the topic's own words. */
export const partitionFilter = (partition: number): string => `${PREFIX}.${partition}.>`

/** A message of our own in each partition, so that its reader has something to acknowledge while the tags are silent. */
export const markerSubject = (partition: number): string => `${PREFIX}.${partition}.marker`

/** The MQTT topic under which a tag published; null for a marker. */
export function topicOf(subject: string): string | null {
  const words = subject.split('.').slice(4)
  return words.length === 1 && words[0] === 'marker' ? null : words.join('/')
}
