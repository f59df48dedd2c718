import type { ErrorEntries } from './entry.ts'

/** Of requests, of who sends them, and of what they may. */
export const REQUESTS = {
  'request.invalid': {
    meaning:
      'A field is missing, unknown or malformed. `details.field` names it, and `details.reason` says why.',
    retry: 'no',
    remedy: 'Correct the field that the message names.',
  },
  'request.too_large': {
    meaning: 'The request is larger than this server takes.',
    retry: 'no',
    remedy: 'Send less at once. Recordings go through `POST /v1/media` or a resumable upload, not into JSON.',
  },
  'request.method': {
    meaning: 'There is something at this address, but not for this method.',
    retry: 'no',
    remedy: 'Use one of the methods that the header `Allow` lists.',
  },
  'resource.not_found': {
    meaning: 'There is no such thing in this account.',
    retry: 'no',
    remedy: 'Check the id, and that the API key belongs to the account that made it.',
  },
  'idempotency.conflict': {
    meaning: 'The `Idempotency-Key` was used before with another request body.',
    retry: 'no',
    remedy: 'Use a new key for every new request, and the same key only to repeat the same one.',
  },
  'edit.conflict': {
    meaning:
      'Somebody else saved the transcript in the meantime. `details.version` is the version that is there.',
    retry: 'no',
    remedy: 'Get the transcript again, apply your changes to it, and save it with its new version.',
  },
  'key.missing': {
    meaning: 'The request carries no API key, or carries it in the wrong header.',
    retry: 'no',
    remedy: 'Send your key in the header of the API that you call, as its page shows.',
  },
  'key.invalid': {
    meaning: 'No such API key.',
    retry: 'no',
    remedy: 'Check that you copied the whole key, and that it was made on this server.',
  },
  'key.revoked': {
    meaning: 'The API key was revoked.',
    retry: 'no',
    remedy:
      'Use another key. An owner of the account makes one on the page, the operator with `earshot keys create`.',
  },
  'key.expired': {
    meaning: 'The API key has expired.',
    retry: 'no',
    remedy:
      'Use another key. An owner of the account makes one on the page, the operator with `earshot keys create`.',
  },
  'key.scope': {
    meaning: 'The API key may not do this.',
    retry: 'no',
    remedy: 'Use a key with the scope that the message names; a key’s scopes are chosen when it is made.',
  },
  'subscription.required': {
    meaning: 'The account has no subscription.',
    retry: 'no',
    remedy: 'Choose a plan on the page. The operator can also give one with `earshot accounts subscription`.',
  },
  'subscription.inactive': {
    meaning: 'The account’s subscription is not active, or its period has ended.',
    retry: 'no',
    remedy: 'Renew the plan on the page. The operator can also do that with `earshot accounts subscription`.',
  },
  'subscription.exists': {
    meaning:
      'The account is already subscribed to this playlist, channel or feed; `details.subscriptionId` is the subscription.',
    retry: 'no',
    remedy: 'Use that subscription, or delete it first.',
  },
  'credits.insufficient': {
    meaning: 'The account has fewer credits available than the work would cost.',
    retry: 'no',
    remedy:
      'Buy credits, or wait until running work has ended and what it held is free. The operator can add some with `earshot credits grant`.',
  },
  'payment.unavailable': {
    meaning: 'The payment provider cannot be reached, or refuses.',
    retry: 'later',
    remedy:
      'Try again in a few minutes. If it stays like this, the operator checks `EARSHOT_STRIPE_KEY` and the log.',
  },
  'session.missing': {
    meaning: 'Nobody is logged in on this browser, or the session has ended.',
    retry: 'no',
    remedy: 'Log in again. Programs use `/v1` with an API key.',
  },
  'session.origin': {
    meaning: 'The request comes from another site’s page.',
    retry: 'no',
    remedy:
      'Use the page itself, or `/v1` with an API key. Behind a reverse proxy, the operator sets `EARSHOT_PUBLIC_URL`.',
  },
  'login.failed': {
    meaning: 'E-mail address and password do not belong together.',
    retry: 'no',
    remedy: 'Check both. If you forgot your password, ask an owner of the account to invite you again.',
  },
  'login.throttled': {
    meaning: 'Too many failed logins.',
    retry: 'after',
    remedy: 'Wait as many seconds as `details.retryAfterSeconds` says.',
  },
  'invitation.invalid': {
    meaning: 'The invitation was used already, is too old, or is for somebody else.',
    retry: 'no',
    remedy: 'Ask for a new one. An operator’s is made with `earshot operators invite`.',
  },
  'role.forbidden': {
    meaning: 'This is for the account’s owners, or for the operator.',
    retry: 'no',
    remedy: 'Ask an owner of the account, or the operator.',
  },
  'share.revoked': {
    meaning: 'The share link was revoked, or never was.',
    retry: 'no',
    remedy: 'Ask whoever sent it for a new link.',
  },
} as const satisfies ErrorEntries
