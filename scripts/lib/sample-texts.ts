/** What the sample recordings say: made up, and long enough to look like the real thing. */

export interface SampleText {
  title: string
  /** ISO 639-1 */
  language: 'en' | 'de'
  /** Sentences; “Name: …” where it is known who speaks. */
  lines: readonly string[]
}

export const INTERVIEW: SampleText = {
  title: 'Interview: the beekeeper of Mill Lane',
  language: 'en',
  lines: [
    'Ada: Thank you for having us. It is quieter here than I expected.',
    'Jonas: In the morning, yes. Come back at noon and you will have to raise your voice.',
    'Ada: How many hives do you look after?',
    'Jonas: Twenty-three at the moment. There were four when I took over from my aunt, and a great deal of nettles.',
    'Ada: Did she teach you?',
    'Jonas: She let me make mistakes, which is the same thing. The first winter I lost half of them.',
    'Ada: What went wrong?',
    'Jonas: I opened the hives too often. I was curious, and they paid for it. A hive is warm because nobody opens the door.',
    'Ada: And today?',
    'Jonas: Today I listen. You can hear a colony that has lost its queen; it is a different note, lower, and restless.',
    'Ada: Could we record that?',
    'Jonas: Number nine, over there, by the fence. Stand still, and hold the microphone close to the wood.',
    'Ada: That is remarkable. It sounds like rain on a roof, far away.',
    'Jonas: That is what my aunt used to say. She kept a notebook of it, one line a day, for thirty-one years.',
    'Ada: Do you keep one as well?',
    'Jonas: I have a recorder now, and a computer that writes it down. But the notebook is still in the kitchen.',
  ],
}

export const LECTURE: SampleText = {
  title: 'Vorlesung: Ebbe und Flut',
  language: 'de',
  lines: [
    'Guten Morgen. Heute geht es um die Gezeiten, und um die Frage, warum es zwei Flutberge gibt.',
    'Der Mond zieht das Wasser an, das ihm zugewandt ist, stärker als die Erde selbst.',
    'Auf der anderen Seite ist es umgekehrt: Dort bleibt das Wasser zurück.',
    'Beides zusammen ergibt zwei Berge, unter denen sich die Erde hindurchdreht.',
    'Dass es nicht überall zwölf Stunden dauert, liegt an den Küsten, und davon handelt die zweite Hälfte.',
  ],
}

export const MEETING: SampleText = {
  title: 'Monday meeting, week 47',
  language: 'en',
  lines: [
    'Let us begin with what is left of last week.',
    'The import is finished; the last of the archive went in on Friday evening.',
    'Nobody has complained, which either means that it works or that nobody has looked.',
    'I looked. Two recordings have no sound at all, and the rest is fine.',
    'Then we write to the archive about those two, and close it.',
    'Next: the open day. We need somebody at the door from ten o’clock.',
  ],
}

export const NOTES: SampleText = {
  title: 'Field notes: curlews at dawn',
  language: 'en',
  lines: [
    'Five forty, wind from the west, hardly any cloud.',
    'Two curlews in the wet meadow, calling to each other across the ditch.',
    'A third one from the north; they answer at once.',
    'The mowing has stopped short of the nest by about four metres. Well done, whoever drove.',
  ],
}

export const VIDEO: SampleText = {
  title: 'Wie eine mechanische Uhr geht',
  language: 'de',
  lines: [
    'Eine Uhr braucht zwei Dinge: etwas, das zieht, und etwas, das zählt.',
    'Das Gewicht zieht. Gezählt wird vom Pendel, das bei jedem Schwung einen Zahn freigibt.',
    'Das Ticken, das Sie hören, ist genau dieser Zahn.',
  ],
}
