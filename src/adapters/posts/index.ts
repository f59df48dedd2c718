import { type Credentials, type PostPlatform, PublishError, type Publisher } from '../../ports/publisher.ts'
import { type EgressPolicy, type Guard, mayBePublic, postPolicy } from '../egress/index.ts'
import { outside, policyFor, portOf } from '../webhooks/receivers.ts'
import { asking } from './ask.ts'
import { connectBluesky, publishOnBluesky } from './bluesky.ts'
import { connectMastodon, publishOnMastodon } from './mastodon.ts'
import { fetchingPictures } from './pictures.ts'
import { checkWebhook, connectWebhook, publishByWebhook } from './webhook.ts'

export interface PublisherOptions {
  guard: Guard
  /** `HOST` or `HOST:PORT` of servers in the operator's own network, which the guard would refuse. */
  allowed?: readonly string[] | undefined
}

/** Each platform's own way, all of them through the guard; redirects are not followed. */
export function createPublisher({ guard, allowed = [] }: PublisherOptions): Publisher {
  const policyOf = policyFor(allowed, postPolicy)
  const ask = asking(guard, policyOf)
  const out = { ask, fetchPicture: fetchingPictures(guard, policyOf) }
  const ways: Record<PostPlatform, Publisher> = {
    mastodon: {
      connect: (credentials, signal) => connectMastodon(ask, credentials, signal),
      check: (target, signal) => connectMastodon(ask, target, signal),
      publish: (target, post, signal) => publishOnMastodon(out, target, post, signal),
    },
    bluesky: {
      connect: (credentials, signal) => connectBluesky(ask, credentials, signal),
      check: ({ remoteId, ...target }, signal) =>
        connectBluesky(ask, { ...target, identifier: remoteId ?? '' }, signal),
      publish: (target, post, signal) => publishOnBluesky(out, target, post, signal),
    },
    webhook: {
      connect: connectWebhook,
      check: (target, signal) => checkWebhook(ask, target, signal),
      publish: (target, post, signal) => publishByWebhook(ask, target, post, signal),
    },
  }
  return {
    async connect(credentials, signal) {
      vet(credentials, policyOf)
      return ways[credentials.platform].connect(credentials, signal)
    },
    check: (target, signal) => ways[target.platform].check(target, signal),
    publish: (target, post, signal) => ways[target.platform].publish(target, post, signal),
  }
}

/** @throws PublishError that says what is wrong with the address, or with a secret that no header can carry */
function vet({ server, secret }: Credentials, policyOf: (url: URL) => EgressPolicy): void {
  const wrong = (message: string): never => {
    throw new PublishError(message, { again: false })
  }
  if (!/^[\x21-\x7e]+$/.test(secret)) wrong('The token or password has characters that none has.')
  if (!URL.canParse(server)) wrong('The server must be a URL like https://mastodon.social.')
  const url = new URL(server)
  if (url.username || url.password) wrong('The server must not carry a user name or password.')
  const { protocols, ports, vouched } = policyOf(url)
  if (!protocols.some((each) => each === url.protocol)) wrong('The server must begin with https://.')
  if (!ports.includes(portOf(url))) wrong(`The server must use one of the ports ${ports.join(', ')}.`)
  if (!vouched && !mayBePublic(url)) wrong(`The server must be at ${outside('EARSHOT_POST_ALLOW')}.`)
}
