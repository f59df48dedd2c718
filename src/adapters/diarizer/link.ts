import type { Turn } from '../../ports/diarizer.ts'
import { asFew, unit, unlike } from './as-few.ts'
import type { HeardBlock } from './protocol.ts'

/** 1 − cosine, from which on two voices are two people's. */
const UNLIKE = 0.5
/** Where it is known how many there are: what is alike for certain. The rest is decided when all have been heard. */
const ALIKE = 0.35

/** Seconds of the recording. */
export interface BlockSpan {
  start: number
  /** Blocks overlap, since the edge of one is heard badly: what this one answers for. */
  from: number
  to: number
}

interface Person {
  /** Of unit length: the mean of the prints, weighted by how long each was heard. */
  print: Float64Array
  seconds: number
  /** Which of the known voices. */
  known?: number
}

/** Puts the blocks of a recording together: voices of different blocks that sound alike are one speaker. */
export class Linking {
  readonly #people: Person[] = []
  readonly #most: number | undefined
  readonly #turns: { start: number; end: number; person: Person }[] = []

  /** @param most how many people there are at most; undefined: as many as sound unlike each other */
  constructor(most?: number) {
    this.#most = most
  }

  /** A voice that has a name, before the first block: the one that is heard most in what is known of it. */
  know(known: number, voices: HeardBlock['voices']): void {
    const [most] = voices.flatMap((voice) => voice ?? []).sort((a, b) => b.seconds - a.seconds)
    if (most) this.#people.push({ print: unit(most.print), seconds: most.seconds, known })
  }

  add({ start, from, to }: BlockSpan, { turns, voices }: HeardBlock): void {
    const people = this.#peopleOf(voices)
    for (const turn of turns) {
      const person = people[turn.voice]
      const [begin, end] = [Math.max(from, start + turn.start), Math.min(to, start + turn.end)]
      if (person && begin < end) this.#turns.push({ start: begin, end, person })
    }
  }

  /** In the order of their starts. What goes on over the end of a block is one turn. */
  turns(): Turn[] {
    const turns = this.#turns.toSorted((a, b) => a.start - b.start || a.end - b.end)
    const same = this.#most === undefined ? undefined : asFew(this.#people, this.#most)
    const personOf = (person: Person): Person => same?.get(person) ?? person
    const order = [...new Set(turns.map(({ person }) => personOf(person)))]
    const last = new Map<Person, Turn>()
    return turns.flatMap(({ start, end, person: heard }): Turn[] => {
      const person = personOf(heard)
      const before = last.get(person)
      if (before && start - before.end < SAME_TURN) {
        before.end = Math.max(before.end, end)
        return []
      }
      const turn = {
        ...{ start, end, speaker: order.indexOf(person) },
        ...(person.known !== undefined && { known: person.known }),
      }
      last.set(person, turn)
      return [turn]
    })
  }

  /** The voices that were heard longest come first: theirs are the surest prints. */
  #peopleOf(voices: HeardBlock['voices']): (Person | undefined)[] {
    const people: (Person | undefined)[] = voices.map(() => undefined)
    const known = voices.flatMap((voice, i) => (voice ? [{ ...voice, i }] : []))
    for (const { print, seconds, i } of known.sort((a, b) => b.seconds - a.seconds))
      people[i] = this.#personOf(unit(print), seconds)
    return people
  }

  #personOf(print: Float64Array, seconds: number): Person {
    let nearest: Person | undefined
    let least = this.#most === undefined ? UNLIKE : ALIKE
    for (const person of this.#people) {
      const apart = unlike(person.print, print)
      if (apart < least) [nearest, least] = [person, apart]
    }
    if (!nearest) {
      const person = { print, seconds }
      this.#people.push(person)
      return person
    }
    const { print: before, seconds: heard } = nearest
    nearest.print = unit(before.map((x, i) => x * heard + print[i]! * seconds))
    nearest.seconds = heard + seconds
    return nearest
  }
}

/** Seconds: a shorter pause of a speaker is within a turn. */
const SAME_TURN = 0.1
