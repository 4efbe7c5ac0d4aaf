import { partitionOf } from '@cordon/jetstream'
import type { KnownActivation, KnownTag } from '../register/register.ts'
import type { RunningRegister } from '../register/start-register.ts'

/**
 * The register as the owner of one partition has it: the tags whose messages arrive there, and nobody else. So their states are
 * recovered, their time passes and their silence is judged here and nowhere else.
 */
export function partitionRegister(register: RunningRegister, partition: number, partitions: number): RunningRegister {
  const isOwn = (tagId: KnownActivation['tagId'], tag: KnownTag | undefined = register.tag(tagId)) =>
    tag !== undefined && partitionOf(tagId, tag.protocol, partitions) === partition
  return {
    ...register,
    tag: id => {
      const tag = register.tag(id)
      return isOwn(id, tag) ? tag : undefined
    },
    activation: id => {
      const activation = register.activation(id)
      return activation !== undefined && isOwn(activation.tagId) ? activation : undefined
    },
    *activations() {
      for (const activation of register.activations()) if (isOwn(activation.tagId)) yield activation
    },
  }
}
