import type { Certainty, DeviceReason, JudgedKind, Severity } from '@cordon/contract'
import type { EpisodeView } from '../told/episode-view.ts'
import type { BatteryStage, Charge, DeviceEpisode, DeviceSubject } from './device-state.ts'

interface Manner {
  readonly kind: JudgedKind
  readonly severity: Severity
  readonly certainty: Certainty
  /** One sentence each, without times: the console writes those in the reader's own zone. */
  readonly text: string
  readonly endedText: string
}

const MANNERS: Record<Exclude<DeviceSubject, 'battery'>, Manner> = {
  strap: {
    kind: 'strap-tamper',
    severity: 'critical',
    certainty: 'confirmed',
    text: 'The tag reports that its strap was cut or opened.',
    endedText: 'The strap was cut or opened; the tag reports it restored.',
  },
  case: {
    kind: 'case-tamper',
    severity: 'critical',
    certainty: 'confirmed',
    text: 'The tag reports that its case was opened.',
    endedText: 'The case was opened, and not again since; whether it was closed the tag cannot say.',
  },
  power: {
    kind: 'power-off',
    severity: 'serious',
    certainty: 'confirmed',
    text: 'The tag reports that it is being switched off.',
    endedText: 'The tag was switched off and is on again.',
  },
  jamming: {
    kind: 'jamming',
    severity: 'warning',
    certainty: 'possible',
    text: 'The tag suspects that its signals are being jammed or shielded.',
    endedText: 'Jamming or shielding was suspected, and not again since.',
  },
}

const BATTERY_SEVERITIES: Record<BatteryStage, Severity> = { warn: 'warning', critical: 'serious', dead: 'serious' }

export function viewOfDevice(episode: DeviceEpisode): EpisodeView {
  const { text, endedText, ...manner } = mannerOf(episode)
  const { subject, beganAt, receivedAt, endedAt, conclusion } = episode
  return {
    subject,
    ...manner,
    beganAt,
    happenedAt: beganAt,
    receivedAt,
    endedAt,
    conclusion,
    conditionId: null,
    zoneId: null,
    zoneVersion: null,
    reason: reasonOf(episode, endedAt === null ? text : endedText),
  }
}

function reasonOf(
  { fixes, policyVersion, beganAt, entries, endedAt, charge }: DeviceEpisode,
  text: string,
): DeviceReason {
  const reason = { text, fixes, policyVersion, beganAt, entries }
  const emptyAt = endedAt === null ? (charge?.emptyAt ?? null) : null
  return emptyAt === null ? reason : { ...reason, emptyAt }
}

function mannerOf({ subject, charge }: DeviceEpisode): Manner {
  if (subject !== 'battery') return MANNERS[subject]
  const { stage, measured, presumedDead } = charge as Charge
  return {
    kind: 'battery',
    severity: BATTERY_SEVERITIES[presumedDead ? 'dead' : stage],
    certainty: measured ? 'confirmed' : 'possible',
    text: batteryText(charge as Charge),
    endedText: 'The battery was low; it is being charged, or its level is clearly above the warning again.',
  }
}

function batteryText({ stage, level, measured, presumedDead }: Charge): string {
  const at = level === null ? '' : ` at ${Math.round(level)} %`
  const lastAt = level === null ? '' : `, last at ${Math.round(level)} %,`
  if (stage === 'dead') return 'The battery is empty.'
  if (presumedDead) return 'By its trend the battery is empty by now, and nothing has been heard since.'
  if (stage === 'critical') return `The battery is critical${at}: it must be charged now.`
  return measured ? `The battery is low${at}.` : `By its trend the battery${lastAt} will soon be empty.`
}

/** Whether something of it is to be told: it began, went on to more, came back or ended. */
export function isChanged(before: DeviceEpisode | undefined, after: DeviceEpisode): boolean {
  return (
    before === undefined ||
    before.beganAt !== after.beganAt ||
    before.entries !== after.entries ||
    before.endedAt !== after.endedAt ||
    before.charge !== after.charge
  )
}
