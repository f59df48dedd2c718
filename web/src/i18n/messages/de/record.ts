export default {
  label: 'Oder aufnehmen',
  fileName: 'Aufnahme',
  kept: 'Sie bleibt in diesem Browser, bis sie hochgeladen ist.',
  source: {
    microphone: 'Mikrofon',
    tab: 'Ton eines Tabs',
    both: 'Tab und Mikrofon',
  },
  which: 'Welches Mikrofon',
  asking: {
    microphone: 'Ihr Browser fragt, ob diese Seite das Mikrofon verwenden darf.',
    tab: 'Wählen Sie einen Tab und schalten Sie seinen Ton ein.',
  },
  recording: {
    microphone: 'Mikrofon wird aufgenommen',
    tab: 'Tab wird aufgenommen',
    both: 'Tab und Mikrofon werden aufgenommen',
  },
  paused: 'Angehalten',
  length: 'Bisher aufgenommen',
  pause: 'Anhalten',
  resume: 'Fortsetzen',
  stop: 'Aufnahme beenden',
  silent: {
    microphone: 'Es ist nichts zu hören. Ist das richtige Mikrofon ausgewählt und eingeschaltet?',
    tab: 'Es ist nichts zu hören. Spielt der Tab etwas ab?',
  },
  elsewhere: {
    ready: 'Die Aufnahme ist fertig.',
    transcribe: 'Transkribieren',
  },
  keeping:
    'Was aufgenommen wird, wird laufend in diesem Browser gespeichert. Es wird nichts gesendet, bevor Sie auf „Transkribieren“ drücken.',
  notKept: {
    title: 'Dieser Browser hat keinen Platz mehr',
    text: 'Der Rest dieser Aufnahme geht verloren, wenn der Tab geschlossen wird. Beenden Sie sie bald und transkribieren Sie, was Sie haben.',
  },
  problemTitle: 'Es wird nichts aufgenommen',
  problem: {
    insecure:
      'Browser lassen eine Seite nur aufnehmen, wenn ihre Adresse mit https:// beginnt, oder mit http://localhost auf dem Computer, auf dem Earshot läuft. Öffnen Sie Earshot unter einer solchen Adresse.',
    unable:
      'Dieser Browser kann nicht aufnehmen. Versuchen Sie eine aktuelle Version von Chrome, Edge, Firefox oder Safari.',
    noPermission:
      'Der Browser lässt diese Seite das Mikrofon nicht verwenden. Erlauben Sie es in den Einstellungen neben der Adresse und versuchen Sie es noch einmal.',
    noMicrophone: 'Es gibt kein Mikrofon. Schließen Sie eines an und versuchen Sie es noch einmal.',
    microphoneBusy: 'Das Mikrofon antwortet nicht. Vielleicht verwendet es ein anderes Programm.',
    nothingShared: 'Es wurde kein Tab geteilt.',
    noSoundShared:
      'Der Tab wurde ohne seinen Ton geteilt. Versuchen Sie es noch einmal und schalten Sie „Auch Tab-Audio teilen“ ein. Firefox und Safari können keinen Ton teilen: Verwenden Sie Chrome oder Edge.',
    failed: 'Der Browser konnte nicht aufnehmen. Versuchen Sie es noch einmal.',
  },
  left: {
    title: 'Nicht hochgeladene Aufnahmen',
    says: 'Sie sind nur in diesem Browser.',
    use: 'Auswählen',
    useNamed: 'Auswählen: {name}',
    listen: 'Anhören',
    listenNamed: 'Anhören: {name}',
    delete: 'Löschen',
    deleteNamed: 'Löschen: {name}',
    ask: 'Diese Aufnahme löschen?',
    gone: '„{name}“ wurde nicht hochgeladen. Sie kann nicht zurückgeholt werden.',
    deleteForGood: 'Aufnahme löschen',
    save: 'Als Datei speichern',
    unreadable: 'Der Browser konnte diese Aufnahme nicht lesen.',
  },
}
