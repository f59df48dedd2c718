import { DomainError } from '../errors.ts'

/** The message says what was given and what is accepted; it repeats nothing of the URL. */
export class LinkError extends DomainError {
  constructor(message: string) {
    super('link.unsupported', message)
    this.name = 'LinkError'
  }
}
