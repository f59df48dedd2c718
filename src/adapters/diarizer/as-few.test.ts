import { describe, expect, it } from 'vitest'
import { asFew, unit } from './as-few.ts'

/** Somebody at an angle: the further apart two are, the less alike. */
const person = (degrees: number, seconds: number, known?: number) => {
  const angle = (degrees * Math.PI) / 180
  const print = unit([Math.cos(angle), Math.sin(angle)])
  return { name: `${degrees}`, print, seconds, ...(known !== undefined && { known }) }
}
const groupsOf = (people: ReturnType<typeof person>[], most: number): string[] => {
  const stands = asFew(people, most)
  return people.map((each) => stands.get(each)!.name)
}

describe('asFew', () => {
  it('makes those one that are most alike', () =>
    expect(groupsOf([person(0, 60), person(40, 30), person(120, 50), person(90, 20)], 2)).toEqual([
      '0',
      '0',
      '120',
      '120',
    ]))

  it('leaves them alone where there are no more', () => {
    expect(groupsOf([person(0, 60), person(40, 30)], 2)).toEqual(['0', '40'])
    expect(groupsOf([person(0, 60), person(40, 30)], 5)).toEqual(['0', '40'])
    expect(asFew([], 2).size).toBe(0)
  })

  it('takes a cough for somebody’s, and a guest who says little for a guest', () => {
    const halves = [person(0, 1800), person(45, 1700)]
    expect(groupsOf([...halves, person(150, 12)], 2)).toEqual(['0', '0', '150'])
    expect(groupsOf([person(0, 600), person(60, 500), person(150, 0.6)], 2)).toEqual(['0', '60', '60'])
  })

  it('keeps who is known by a name, and never makes two of them one', () =>
    expect(groupsOf([person(0, 2, 0), person(10, 90), person(20, 2, 1), person(100, 9)], 1)).toEqual([
      '0',
      '0',
      '20',
      '20',
    ]))
})
